/** For people without an account: the link that leads back to the draft, and where news are written to. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Note } from "../../../ui/Note";
import { sendResumeLink } from "../api";
import { useDraft } from "../queries";
import type { Draft } from "../types";

export function ResumeLink({ draft, children }: { draft: Draft; children?: ReactNode }): ReactNode {
  const t = useT();
  const { refetch } = useDraft(draft.draft_id);
  const format = useFormat();
  const [email, setEmail] = useState(draft.email ?? "");
  const [missing, setMissing] = useState(false);
  const [sent, setSent] = useState(false);
  const { busy, problem, run, refuse } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = email.trim();
    setSent(false);
    refuse(null);
    setMissing(!typed.includes("@"));
    if (!typed.includes("@")) {
      document.getElementById("resume-email")?.focus();
      return;
    }
    void run(async () => {
      await sendResumeLink(draft.draft_id, typed);
      await refetch();
      setSent(true);
      announce(t("applications.resume.sent"));
    });
  };
  const wrong = missing || problem?.status === 422;
  return (
    <form className="section" onSubmit={submit} noValidate aria-labelledby="resume">
      <h2 id="resume">{t("applications.resume.title")}</h2>
      {children}
      <p>{t("applications.resume.text")}</p>
      <Field
        id="resume-email"
        name="email"
        type="email"
        dir="ltr"
        autoComplete="email"
        spellCheck={false}
        label={t("applications.resume.email")}
        value={email}
        error={wrong ? t("applications.resume.email.error") : problem ? problemText(problem, t, format) : undefined}
        onChange={(event) => setEmail(event.target.value)}
      />
      {sent && (
        <Note kind="ok" className="t4">
          <p>{t("applications.resume.sent")}</p>
        </Note>
      )}
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("applications.resume.send")}
        </Button>
      </div>
    </form>
  );
}
