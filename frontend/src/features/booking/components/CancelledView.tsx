/** The appointment is cancelled; for five minutes it can be taken back. */
import type { ReactNode } from "react";
import { useAction } from "../../../api/useAction";
import { timeLeft } from "../../../lib/countdown";
import { useNow } from "../../../lib/useNow";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, ButtonLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { undoCancellation } from "../api";
import { problemText } from "../problems";
import { useAppointmentUpdate } from "../queries";
import { loadGuest } from "../storage";
import type { Appointment } from "../types";
import { AppointmentTicket } from "./AppointmentTicket";
import { sameWish } from "./sameWish";

export function CancelledView({ appointment }: { appointment: Appointment }): ReactNode {
  const t = useT();
  const format = useFormat();
  const now = useNow(5_000);
  const update = useAppointmentUpdate(appointment.reference);
  const { busy, problem, attempt, run } = useAction();
  const { reference, starts_at, undo_until } = appointment;
  const secret = loadGuest(reference)?.secret ?? null;
  const undoable = secret !== null && undo_until !== null && timeLeft(undo_until, now) > 0;
  const undo = () =>
    void run(async () => {
      if (!secret) return;
      await update(await undoCancellation(reference, secret));
      announce(t("booking.undone"));
    });
  return (
    <Page
      title={t("booking.appointment.cancelled")}
      lead={t("booking.cancelled.text", { date: format.date(starts_at), time: format.clock(starts_at) })}
      faulty={problem !== null}
      before={problem && <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format) }]} />}
    >
      {undoable && (
        <Note className="t5">
          <p>{t("booking.undo.text", { time: format.time(undo_until) })}</p>
          <Button look="second" className="t3" busy={busy} onClick={undo}>
            {t("booking.undo")}
          </Button>
        </Note>
      )}
      <AppointmentTicket appointment={appointment} code={null} />
      <div className="actions">
        <ButtonLink href={sameWish(appointment)}>{t("booking.again")}</ButtonLink>
      </div>
    </Page>
  );
}
