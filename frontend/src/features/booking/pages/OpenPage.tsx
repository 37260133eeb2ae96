/** Finds one's appointment by number and code, or has the links sent again. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useAction } from "../../../api/useAction";
import { inGroups, normaliseCode } from "../../../lib/codes";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { ErrorSummary, type Fault } from "../../../ui/ErrorSummary";
import { Field } from "../../../ui/Field";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { openAppointment, resendLinks } from "../api";
import { mailFault } from "../fields";
import { faultText, problemText } from "../problems";
import { saveGuest } from "../storage";

const REFERENCE_LENGTH = 9;
const CODE_LENGTH = 6;

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
  const [reference, setReference] = useState(typedBefore);
  const [code, setCode] = useState("");
  const [found, setFound] = useState<{ faults: Fault[]; attempt: number }>({ faults: [], attempt: 0 });
  const { busy, problem, attempt, run, refuse } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults: Fault[] = [
      ...(normaliseCode(reference).length === REFERENCE_LENGTH
        ? []
        : [{ field: "reference", text: t("booking.error.reference") }]),
      ...(normaliseCode(code).length === CODE_LENGTH ? [] : [{ field: "code", text: t("booking.error.code") }]),
    ];
    setFound({ faults, attempt: found.attempt + 1 });
    refuse(null);
    if (faults.length > 0) return;
    void run(async () => {
      const written = inGroups(normaliseCode(reference)).join("-");
      const { secret } = await openAppointment(written, normaliseCode(code));
      saveGuest(written, { secret, code: null });
      navigate(`/termin/${written}`);
    });
  };
  const errorAt = (field: string) => found.faults.find((fault) => fault.field === field)?.text as string | undefined;
  const faults = problem ? [{ field: "reference", text: problemText(problem, t, format) }] : found.faults;
  return (
    <Page
      title={t("booking.open.title")}
      lead={t("booking.open.lead")}
      faulty={faults.length > 0}
      before={faults.length > 0 && <ErrorSummary attempt={found.attempt + attempt} faults={faults} />}
    >
      <form onSubmit={submit} noValidate>
        <Field
          id="reference"
          name="reference"
          width="code"
          dir="ltr"
          label={t("booking.field.reference")}
          hint={t("booking.field.reference.hint")}
          spellCheck={false}
          value={reference}
          error={errorAt("reference")}
          onChange={(event) => setReference(event.target.value)}
        />
        <Field
          id="code"
          name="code"
          width="code"
          dir="ltr"
          label={t("booking.field.code")}
          hint={t("booking.field.code.hint")}
          spellCheck={false}
          value={code}
          error={errorAt("code")}
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("booking.open.submit")}
          </Button>
        </div>
      </form>
      <SendLinks />
    </Page>
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
