/** The status for people who do not sign in: number and code, and nothing that was written. */
import { useState, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { usePortal } from "../../../api/portal";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, ButtonLink, TextButton } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { NumberAndCode } from "../../../ui/NumberAndCode";
import { Page } from "../../../ui/Page";
import { PhoneLink } from "../../../ui/PhoneLink";
import { getStatus, sendApplicationLink } from "../api";
import { PromiseBox } from "../following/PromiseBox";
import { Timeline } from "../following/Timeline";
import type { OpenStatus } from "../types";

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
  return (
    <NumberAndCode
      title={t("applications.code.title")}
      lead={t("applications.code.lead")}
      submit={t("applications.code.submit")}
      reference={{ label: t("applications.status.code.number"), error: t("applications.code.number.error") }}
      code={{ label: t("applications.status.code.code"), error: t("applications.code.code.error") }}
      refusal={(problem) => (problem.status === 404 ? t("applications.code.wrong") : problemText(problem, t, format))}
      find={async (reference, code) => onFound(await getStatus(reference, code, language), code)}
    />
  );
}
