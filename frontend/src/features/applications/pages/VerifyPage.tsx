/** Whether a document comes from here: by the code printed on it; of whom it is, is never shown. */
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { useFragment } from "../../../lib/fragment";
import { Button } from "../../../ui/Button";
import { Facts, type Fact } from "../../../ui/Facts";
import { Field } from "../../../ui/Field";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { verifyDocument } from "../api";
import type { Verified } from "../types";

export function VerifyPage(): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [code, setCode] = useState(useFragment("c") ?? "");
  const [missing, setMissing] = useState(false);
  const [found, setFound] = useState<Verified | null>(null);
  const { busy, problem, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFound(null);
    setMissing(code.trim() === "");
    if (code.trim() === "") {
      document.getElementById("code")?.focus();
      return;
    }
    void run(async () => setFound(await verifyDocument(code.trim(), language)));
  };
  const refusal = problem ? problemText(problem, t, format) : undefined;
  return (
    <Page title={t("applications.verify.title")} lead={t("applications.verify.lead")}>
      {found && <Answer found={found} />}
      <form onSubmit={submit} noValidate>
        <Field
          id="code"
          name="code"
          width="code"
          dir="ltr"
          spellCheck={false}
          label={t("applications.verify.code")}
          value={code}
          error={missing ? t("applications.verify.code.error") : refusal}
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("applications.verify.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** The answer takes focus: it is what one came for. */
function Answer({ found }: { found: Verified }): ReactNode {
  const t = useT();
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [found]);
  const facts: (Fact | null)[] = [
    found.kind && {
      key: "kind",
      label: t("applications.verify.kind"),
      value: t(`applications.verify.kind.${found.kind}`),
    },
    found.service && {
      key: "service",
      label: t("applications.verify.service"),
      value: <LocalizedText text={found.service} />,
    },
    found.date !== null ? { key: "date", label: t("applications.verify.date"), value: format.date(found.date) } : null,
  ];
  return (
    <Note kind={found.genuine ? "ok" : "warn"} className="t5">
      <h2 className="h3" tabIndex={-1} ref={heading}>
        {t(found.genuine ? "applications.verify.yes" : "applications.verify.no")}
      </h2>
      {found.genuine ? (
        <Facts className="t3" items={facts.filter((fact) => fact !== null)} />
      ) : (
        <p>{t("applications.verify.no.text")}</p>
      )}
    </Note>
  );
}
