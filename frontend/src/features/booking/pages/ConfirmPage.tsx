/** From the link in the mail: nothing happens before the button is pressed, because programs open links too. */
import { useState, type ReactNode } from "react";
import { useParams } from "wouter";
import { useAction } from "../../../api/useAction";
import { takeFragment } from "../../../lib/fragment";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, ButtonLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Page } from "../../../ui/Page";
import { confirmAppointment } from "../api";
import { AppointmentState, AppointmentView } from "../components/AppointmentView";
import { MissingAppointment } from "../components/MissingAppointment";
import { problemText } from "../problems";
import { useAppointmentUpdate } from "../queries";
import { loadConfirmSecret, loadGuest, saveConfirmSecret, saveGuest } from "../storage";
import type { Appointment } from "../types";

export function ConfirmPage(): ReactNode {
  const t = useT();
  const format = useFormat();
  const { reference = "" } = useParams<{ reference: string }>();
  const [secret] = useState(() => {
    const taken = takeFragment("c");
    if (taken) saveConfirmSecret(reference, taken);
    return taken ?? loadConfirmSecret(reference);
  });
  const [confirmed, setConfirmed] = useState<Appointment | null>(null);
  const update = useAppointmentUpdate(reference);
  const { busy, problem, attempt, run } = useAction();
  if (confirmed) return <AppointmentState appointment={confirmed} code={loadGuest(reference)?.code ?? null} />;
  // Confirmed before, in this tab: then it is simply one's own appointment.
  if (!secret && loadGuest(reference)) return <AppointmentView reference={reference} />;
  if (!secret || problem?.status === 404) return <MissingAppointment />;
  if (problem?.code === "confirmation_expired") {
    return (
      <Page title={t("booking.confirm.over.title")} lead={t("booking.confirm.over")}>
        <div className="actions">
          <ButtonLink href="/leistungen">{t("booking.again")}</ButtonLink>
        </div>
      </Page>
    );
  }
  const confirm = () =>
    void run(async () => {
      const { secret: opening, ...appointment } = await confirmAppointment(reference, secret);
      saveGuest(reference, { secret: opening, code: loadGuest(reference)?.code ?? null });
      saveConfirmSecret(reference, null);
      setConfirmed(appointment);
      announce(t("booking.done.now_booked"));
      await update(appointment);
    });
  return (
    <Page
      title={t("booking.confirm.title")}
      lead={t("booking.confirm.lead")}
      faulty={problem !== null}
      before={problem && <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format) }]} />}
    >
      <p className="t5">
        <T id="booking.confirm.number" values={{ reference: <bdi dir="ltr">{reference}</bdi> }} />
      </p>
      <div className="actions">
        <Button busy={busy} onClick={confirm}>
          {t("booking.confirm.title")}
        </Button>
      </div>
    </Page>
  );
}
