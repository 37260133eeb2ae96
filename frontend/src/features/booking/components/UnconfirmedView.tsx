/** Nothing is booked yet: where the mail went, how long there is time, and what to do when it does not arrive. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useAction } from "../../../api/useAction";
import { useTimeLeft } from "../../../i18n/useTimeLeft";
import { timeLeft } from "../../../lib/countdown";
import { useNow } from "../../../lib/useNow";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Field } from "../../../ui/Field";
import { Page } from "../../../ui/Page";
import { correctContact, extendConfirmation, resendConfirmation } from "../api";
import { mailFault } from "../fields";
import { faultText, problemText } from "../problems";
import { useAppointmentUpdate } from "../queries";
import { loadGuest } from "../storage";
import type { Appointment, FieldFault } from "../types";
import { AppointmentTicket } from "./AppointmentTicket";

export function UnconfirmedView({ appointment }: { appointment: Appointment }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { reference, confirm_by } = appointment;
  const email = appointment.contact.email ?? appointment.contact.mobile ?? "";
  const secret = loadGuest(reference)?.secret ?? "";
  const update = useAppointmentUpdate(reference);
  const { busy, problem, attempt, run } = useAction();
  const [fault, setFault] = useState<FieldFault | null>(null);
  const [slips, setSlips] = useState(0);
  const act = (work: () => Promise<Appointment>, words: (now: Appointment) => string) =>
    void run(async () => {
      setFault(null);
      const now = await work();
      announce(words(now));
      await update(now);
    });
  const resend = () =>
    act(
      () => resendConfirmation(reference, secret),
      () => t("booking.done.resent", { email }),
    );
  const correct = (next: string) => {
    const found = mailFault(next);
    setFault(found);
    if (found) {
      setSlips(slips + 1);
      return;
    }
    act(
      () => correctContact(reference, secret, { email: next.trim(), mobile: appointment.contact.mobile }),
      () => t("booking.done.corrected", { email: next.trim() }),
    );
  };
  const extend = () =>
    act(
      () => extendConfirmation(reference, secret),
      (now) => (now.confirm_by ? t("booking.done.extended", { time: format.time(now.confirm_by) }) : ""),
    );
  const shown = fault ?? problem?.errors.find(({ pointer }) => pointer.startsWith("/contact")) ?? null;
  const text = shown ? faultText(shown, false, t) : problem ? problemText(problem, t, format) : "";
  return (
    <Page
      title={t("booking.done.unconfirmed.title")}
      lead={<T id="booking.done.unconfirmed.lead" values={{ email: <bdi>{email}</bdi> }} />}
      faulty={text !== ""}
      before={
        text && <ErrorSummary attempt={attempt + slips} faults={[{ ...(shown && { field: "new-email" }), text }]} />
      }
    >
      {confirm_by && <Until confirmBy={confirm_by} left={appointment.extensions_left} busy={busy} onExtend={extend} />}
      <p className="t4 muted">{t("booking.done.unconfirmed.watch")}</p>
      <AppointmentTicket appointment={appointment} code={loadGuest(reference)?.code ?? null} />
      <section className="section" aria-labelledby="missing-mail">
        <h2 id="missing-mail">{t("booking.done.missing.title")}</h2>
        <p>{t("booking.done.missing.text")}</p>
        <div className="actions">
          <Button look="second" busy={busy} onClick={resend}>
            {t("booking.done.resend")}
          </Button>
        </div>
      </section>
      <CorrectAddress email={email} error={shown ? text : undefined} busy={busy} onSubmit={correct} />
    </Page>
  );
}

interface UntilProps {
  confirmBy: string;
  left: number | null;
  busy: boolean;
  onExtend: () => void;
}

function Until({ confirmBy, left, busy, onExtend }: UntilProps): ReactNode {
  const t = useT();
  const format = useFormat();
  const now = useNow(5_000);
  const rest = useTimeLeft(timeLeft(confirmBy, now));
  return (
    <>
      <p className="t5">
        <b>{t("booking.done.unconfirmed.until", { time: format.time(confirmBy) })}</b>
      </p>
      <p className="t1">{t("booking.hold.left", { time_left: rest })}</p>
      {left !== null && left > 0 && (
        <div className="actions">
          <Button look="second" busy={busy} onClick={onExtend}>
            {t("booking.hold.extend")}
          </Button>
        </div>
      )}
    </>
  );
}

interface CorrectProps {
  email: string;
  error: string | undefined;
  busy: boolean;
  onSubmit: (email: string) => void;
}

function CorrectAddress({ email, error, busy, onSubmit }: CorrectProps): ReactNode {
  const t = useT();
  const [next, setNext] = useState(email);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(next);
  };
  return (
    <form className="section" onSubmit={submit} noValidate>
      <h2>{t("booking.done.correct")}</h2>
      <Field
        id="new-email"
        name="email"
        type="email"
        dir="ltr"
        label={t("booking.field.email")}
        hint={t("booking.done.correct.hint")}
        autoComplete="email"
        spellCheck={false}
        value={next}
        error={error}
        onChange={(event) => setNext(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("booking.done.correct.submit")}
        </Button>
      </div>
    </form>
  );
}
