/** Asks once before an appointment is cancelled. */
import type { ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button, TextLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { cancelAppointment } from "../api";
import { AppointmentTicket } from "../components/AppointmentTicket";
import { AppointmentState } from "../components/AppointmentView";
import { MissingAppointment } from "../components/MissingAppointment";
import { problemText } from "../problems";
import { useAppointment, useAppointmentUpdate } from "../queries";
import { loadGuest } from "../storage";

export function CancelPage(): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { reference = "" } = useParams<{ reference: string }>();
  const guest = loadGuest(reference);
  const { data, error, refetch } = useAppointment(reference);
  const update = useAppointmentUpdate(reference);
  const { busy, problem, attempt, run } = useAction();
  if (!guest || error?.status === 404) return <MissingAppointment />;
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.state === "cancelled" || data.state === "expired")
    return <AppointmentState appointment={data} code={null} />;
  const cancel = () =>
    void run(async () => {
      const cancelled = await cancelAppointment(reference, guest.secret);
      navigate(`/termin/${reference}`, { replace: true });
      await update(cancelled);
    });
  return (
    <Page
      title={t("booking.cancel")}
      lead={t("booking.cancel.lead")}
      back={{ href: `/termin/${reference}`, text: t("booking.back") }}
      faulty={problem !== null}
      before={problem && <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format) }]} />}
    >
      <AppointmentTicket appointment={data} code={null} />
      <div className="actions">
        <Button look="danger" busy={busy} onClick={cancel}>
          {t("booking.cancel")}
        </Button>
        <TextLink href={`/termin/${reference}`}>{t("booking.cancel.keep")}</TextLink>
      </div>
    </Page>
  );
}
