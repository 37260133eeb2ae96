/** The status for people who do not sign in: number and code, and nothing that was written. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { usePortal } from "../../../api/portal";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { inGroups, normaliseCode } from "../../../lib/codes";
import { announce } from "../../../lib/announce";
import { Button, ButtonLink, TextButton } from "../../../ui/Button";
import { ErrorSummary, type Fault } from "../../../ui/ErrorSummary";
import { Field } from "../../../ui/Field";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { PhoneLink } from "../../../ui/PhoneLink";
import { getStatus, sendApplicationLink } from "../api";
import { PromiseBox } from "../following/PromiseBox";
import { Timeline } from "../following/Timeline";
import type { OpenStatus } from "../types";

const REFERENCE_LENGTH = 9;
const CODE_LENGTH = 6;

export function StatusByCodePage(): ReactNode {
  const [found, setFound] = useState<{ status: OpenStatus; code: string } | null>(null);
  if (!found) return <Ask onFound={(status, code) => setFound({ status, code })} />;
  return <Found status={found.status} code={found.code} onBack={() => setFound(null)} />;
}

interface FoundProps {
  status: OpenStatus;
  code: string;
  onBack: () => void;
}

function Found({ status, code, onBack }: FoundProps): ReactNode {
  const t = useT();
  const { reference, title } = status;
  return (
    <Page
      title={title.text}
      heading={<LocalizedText text={title} />}
      lead={<T id="applications.status.number" values={{ reference: <bdi className="nums">{reference}</bdi> }} />}
      aside={<PromiseBox status={status} />}
    >
      <Timeline status={status} />
      <WayIn status={status} code={code} />
      <div className="actions">
        <TextButton onClick={onBack}>{t("applications.code.other")}</TextButton>
      </div>
    </Page>
  );
}

/** What number and code do not open: the application itself, by account or by a mailed link. */
function WayIn({ status, code }: Omit<FoundProps, "onBack">): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const phone = usePortal()?.phone_help ?? "115";
  const [sent, setSent] = useState(false);
  const { busy, problem, run } = useAction();
  const { reference, way_in } = status;
  const mail = () =>
    void run(async () => {
      await sendApplicationLink(reference, code, language);
      setSent(true);
      announce(t("applications.resume.sent"));
    });
  return (
    <section className="section">
      <p>
        {way_in === "none" ? (
          <T id="applications.code.open.none" values={{ phone: <PhoneLink number={phone} /> }} />
        ) : (
          t("applications.code.open")
        )}
      </p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      {sent && (
        <Note kind="ok" className="t4">
          <p>{t("applications.resume.sent")}</p>
        </Note>
      )}
      <div className="actions">
        {way_in === "account" && (
          <ButtonLink look="second" href={`/antraege/${reference}`}>
            {t("applications.code.open.account")}
          </ButtonLink>
        )}
        {way_in === "link" && (
          <Button look="second" busy={busy} onClick={mail}>
            {t("applications.code.open.link")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Ask({ onFound }: { onFound: (status: OpenStatus, code: string) => void }): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [reference, setReference] = useState("");
  const [code, setCode] = useState("");
  const [looked, setLooked] = useState<{ faults: Fault[]; attempt: number }>({ faults: [], attempt: 0 });
  const { busy, problem, attempt, run, refuse } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults: Fault[] = [
      ...(normaliseCode(reference).length === REFERENCE_LENGTH
        ? []
        : [{ field: "reference", text: t("applications.code.number.error") }]),
      ...(normaliseCode(code).length === CODE_LENGTH
        ? []
        : [{ field: "code", text: t("applications.code.code.error") }]),
    ];
    setLooked({ faults, attempt: looked.attempt + 1 });
    refuse(null);
    if (faults.length > 0) return;
    void run(async () => {
      const written = inGroups(normaliseCode(reference)).join("-");
      onFound(await getStatus(written, normaliseCode(code), language), normaliseCode(code));
    });
  };
  const errorAt = (field: string) => looked.faults.find((fault) => fault.field === field)?.text as string | undefined;
  const refusal = problem && (problem.status === 404 ? t("applications.code.wrong") : problemText(problem, t, format));
  const faults = refusal ? [{ field: "reference", text: refusal }] : looked.faults;
  return (
    <Page
      title={t("applications.code.title")}
      lead={t("applications.code.lead")}
      faulty={faults.length > 0}
      before={faults.length > 0 && <ErrorSummary attempt={looked.attempt + attempt} faults={faults} />}
    >
      <form onSubmit={submit} noValidate>
        <Field
          id="reference"
          name="reference"
          width="code"
          dir="ltr"
          spellCheck={false}
          label={t("applications.status.code.number")}
          value={reference}
          error={errorAt("reference")}
          onChange={(event) => setReference(event.target.value)}
        />
        <Field
          id="code"
          name="code"
          width="code"
          dir="ltr"
          spellCheck={false}
          label={t("applications.status.code.code")}
          value={code}
          error={errorAt("code")}
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("applications.code.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
