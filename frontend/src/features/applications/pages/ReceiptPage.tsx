/** The receipt as a page: what was sent, in the language of the page and in German, and how anybody can verify it. */
import { createElement, type ReactNode } from "react";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { OutsideLink, TextButton } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Rows, type Row } from "../../../ui/Rows";
import { receiptAddress } from "../api";
import { ApplicationGate } from "../following/ApplicationGate";
import styles from "../following/following.module.css";
import { useReceipt } from "../queries";
import type { Application, Receipt } from "../types";

type Part = Receipt["parts"][number];

export function ReceiptPage(): ReactNode {
  return <ApplicationGate>{(application) => <Read application={application} />}</ApplicationGate>;
}

function Read({ application }: { application: Application }): ReactNode {
  const { data, error, refetch } = useReceipt(application.reference);
  if (data) return <Shown receipt={data} application={application} />;
  return error ? <ErrorPage error={error} retry={() => void refetch()} /> : <Loading />;
}

function Shown({ receipt, application }: { receipt: Receipt; application: Application }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [own, ...others] = receipt.parts;
  if (!own) return null;
  return (
    <Page
      title={own.title}
      lead={own.lead}
      service={application.title.text}
      back={{ href: `/antraege/${application.reference}`, text: t("applications.page.back") }}
    >
      {own.demo && (
        <Note className="t5">
          <p>{own.demo}</p>
        </Note>
      )}
      <div className="actions">
        <OutsideLink href={receiptAddress(application.reference, language)}>
          {t("applications.status.receipt")}
        </OutsideLink>
        <TextButton onClick={() => window.print()}>{t("applications.status.print")}</TextButton>
      </div>
      <Told part={own} level={2} />
      <section className="section" aria-labelledby="verify">
        <h2 id="verify">{own.code_label}</h2>
        <p className="t3">{own.verify}</p>
        <QrCode code={receipt.qr} label={own.qr_label} />
        <p className={styles["text"]}>
          <bdi dir="ltr">{receipt.verify_url}</bdi>
        </p>
        <p>
          <strong>
            <bdi dir="ltr">{receipt.verify_code}</bdi>
          </strong>
        </p>
      </section>
      {others.map((part) => (
        <section key={part.lang} className="section" lang={part.lang} dir={part.dir} aria-labelledby="german">
          <h2 id="german">{part.german}</h2>
          <p className="t3">{part.title}</p>
          <Told part={part} level={3} />
        </section>
      ))}
    </Page>
  );
}

/** The facts and all answers in one language. */
function Told({ part, level }: { part: Part; level: 2 | 3 }): ReactNode {
  return (
    <>
      <Rows items={rowsOf(part.facts)} />
      {part.sections.map((section, place) => (
        <div key={place} className="t7">
          {createElement(`h${String(level)}`, { className: "h3" }, section.heading)}
          <Rows items={rowsOf(section.rows)} />
        </div>
      ))}
    </>
  );
}

function rowsOf(rows: Part["facts"]): Row[] {
  return rows.map(({ label, value, ltr }, place) => ({
    key: String(place),
    label,
    value: (
      <bdi className={styles["text"]} {...(ltr && { dir: "ltr" })}>
        {value}
      </bdi>
    ),
  }));
}

function QrCode({ code, label }: { code: Receipt["qr"]; label: string }): ReactNode {
  return (
    <svg
      className={styles["qr"]}
      viewBox={`0 0 ${String(code.size)} ${String(code.size)}`}
      role="img"
      aria-label={label}
    >
      <path d={code.path} />
    </svg>
  );
}
