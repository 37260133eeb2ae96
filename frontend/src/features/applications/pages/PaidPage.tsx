/** Where the payment provider leads back to: only the provider's own answer to the server counts, never this visit. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { T, useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { PayBox } from "../following/PayBox";
import { ENDED } from "../following/words";
import { usePayment } from "../queries";
import type { Payment } from "../types";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { ApplicationGate } from "../following/ApplicationGate";

export function PaidPage(): ReactNode {
  const { reference = "" } = useParams<{ reference: string }>();
  return <ApplicationGate>{({ state }) => <Asked reference={reference} decided={ENDED.has(state)} />}</ApplicationGate>;
}

function Asked({ reference, decided }: { reference: string; decided: boolean }): ReactNode {
  const { data, error, refetch } = usePayment(reference);
  if (data) return <Outcome reference={reference} payment={data} decided={decided} again={refetch} />;
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Loading />;
}

interface Props {
  reference: string;
  payment: Payment;
  decided: boolean;
  again: () => Promise<unknown>;
}

/** The four things that can be true here. */
function outcomeOf({ state, refund }: Payment): "refund" | "booked" | "started" | "open" {
  if (refund) return "refund";
  if (state === "booked" || state === "waived" || state === "refunded") return "booked";
  return state === "started" ? "started" : "open";
}

function Outcome({ reference, payment, decided, again }: Props): ReactNode {
  const t = useT();
  const outcome = outcomeOf(payment);
  return (
    <Page title={t(`applications.paid.title.${outcome}`)}>
      <div role="status">
        <Note kind={outcome === "booked" ? "ok" : "info"} className="t5">
          <p>
            {outcome === "booked" || outcome === "refund" ? (
              <T
                id={outcome === "booked" ? "applications.paid.booked" : "applications.paid.refunded"}
                values={{ number: <bdi className="nowrap">{payment.receipt_number ?? ""}</bdi> }}
              />
            ) : (
              t(`applications.paid.${outcome}`)
            )}
          </p>
          {payment.refund && <p>{t(`applications.pay.refund.${payment.refund}`)}</p>}
        </Note>
      </div>
      {outcome === "open" && payment.can_retry && (
        <PayBox reference={reference} cents={payment.amount_cents} counter={false} decided={decided} again={again} />
      )}
      <div className="actions">
        <ButtonLink look={outcome === "open" ? "second" : "filled"} href={`/antraege/${reference}`}>
          {t("applications.paid.back")}
        </ButtonLink>
      </div>
    </Page>
  );
}
