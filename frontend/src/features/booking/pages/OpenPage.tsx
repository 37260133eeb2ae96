/** Finds one's appointment by number and code, or has the links sent again. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Note } from "../../../ui/Note";
import { NumberAndCode } from "../../../ui/NumberAndCode";
import { openAppointment, resendLinks } from "../api";
import { mailFault } from "../fields";
import { faultText, problemText } from "../problems";
import { saveGuest } from "../storage";

/** The number that was typed on the home page travels in the history entry, never in the address. */
function typedBefore(): string {
  const state: unknown = window.history.state;
  if (typeof state !== "object" || state === null || !("reference" in state)) return "";
  return typeof state.reference === "string" ? state.reference : "";
}

export function OpenPage(): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const open = async (reference: string, code: string) => {
    const { secret } = await openAppointment(reference, code);
    saveGuest(reference, { secret, code: null });
    navigate(`/termin/${reference}`);
  };
  const field = (name: "reference" | "code") => ({
    label: t(`booking.field.${name}`),
    hint: t(`booking.field.${name}.hint`),
    error: t(`booking.error.${name}`),
  });
  return (
    <NumberAndCode
      title={t("booking.open.title")}
      lead={t("booking.open.lead")}
      submit={t("booking.open.submit")}
      reference={field("reference")}
      code={field("code")}
      known={typedBefore()}
      refusal={(problem) => problemText(problem, t, format)}
      find={open}
    >
      <SendLinks />
    </NumberAndCode>
  );
}

/** The answer is the same for every address: it reveals nothing about others. */
function SendLinks(): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [email, setEmail] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [sent, setSent] = useState(false);
  const { busy, problem, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = mailFault(email);
    setSent(false);
    setError(fault ? faultText(fault, false, t) : undefined);
    if (fault) {
      document.getElementById("lost-email")?.focus();
      return;
    }
    void run(async () => {
      await resendLinks(email.trim(), language);
      setSent(true);
      announce(t("booking.open.lost.sent"));
    });
  };
  return (
    <form className="section" onSubmit={submit} noValidate>
      <h2>{t("booking.open.lost.title")}</h2>
      <p>{t("booking.open.lost.text")}</p>
      <Field
        id="lost-email"
        name="email"
        type="email"
        dir="ltr"
        label={t("booking.field.email")}
        autoComplete="email"
        spellCheck={false}
        value={email}
        error={error ?? (problem ? problemText(problem, t, format) : undefined)}
        onChange={(event) => setEmail(event.target.value)}
      />
      {sent && (
        <Note kind="ok" className="t4">
          <p>{t("booking.open.lost.sent")}</p>
        </Note>
      )}
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("booking.open.lost.submit")}
        </Button>
      </div>
    </form>
  );
}
