/** Asks once before an application is withdrawn, and says what that means, also for the money. */
import type { ReactNode } from "react";
import { Redirect, useLocation } from "wouter";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { Button, TextLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { withdraw } from "../api";
import { ApplicationGate } from "../following/ApplicationGate";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate } from "../queries";
import type { Application } from "../types";

export function WithdrawPage(): ReactNode {
  return <ApplicationGate>{(application) => <Asked application={application} />}</ApplicationGate>;
}

function Asked({ application }: { application: Application }): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { reference, title, can, payment, refund_on_withdrawal: refund } = application;
  const update = useApplicationUpdate(reference);
  const { busy, problem, attempt, run } = useApplicationAction(reference);
  const back = `/antraege/${reference}`;
  if (!can.withdraw && !busy) return <Redirect to={back} replace />;
  const go = () =>
    void run(async () => {
      const after = await withdraw(application);
      navigate(back, { replace: true, state: { news: "withdrawn" } });
      await update(after);
    });
  return (
    <Page
      title={t("applications.status.withdraw")}
      lead={t("applications.withdraw.lead")}
      service={title.text}
      back={{ href: back, text: t("applications.page.back") }}
      faulty={problem !== null}
      before={
        problem && (
          <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format, APPLICATION_ERRORS) }]} />
        )
      }
    >
      <p className="t4 muted">
        <T id="applications.status.number" values={{ reference: <bdi className="nums">{reference}</bdi> }} />
      </p>
      {payment === "booked" && (
        <Note className="t5">
          <p>{t(refund ? "applications.withdraw.refund" : "applications.withdraw.no_refund")}</p>
        </Note>
      )}
      <div className="actions">
        <Button look="danger" busy={busy} onClick={go}>
          {t("applications.withdraw.submit")}
        </Button>
        <TextLink href={back}>{t("applications.withdraw.keep")}</TextLink>
      </div>
    </Page>
  );
}
