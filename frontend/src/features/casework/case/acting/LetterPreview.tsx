/** The letter exactly as it would leave, readable on the page: summary, German text, translation, fee, remedy, way. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { htmlLanguage, isLanguage, LANGUAGE_FACTS } from "../../../../i18n/languages";
import { useT } from "../../../../i18n/text";
import { Facts } from "../../../../ui/Facts";
import styles from "./acting.module.css";
import type { Preview } from "./api";
import { languageName } from "./words";

export function LetterPreview({ preview, children }: { preview: Preview; children?: ReactNode }): ReactNode {
  const t = useT();
  const { body, language, summary } = preview;
  const foreign = language !== "de";
  return (
    <article className={styles["letter"]} aria-labelledby="letter">
      <h3 id="letter" tabIndex={-1}>
        {t("staff.acting.letter")}
      </h3>
      <p className="muted small">{t("staff.acting.letter.summary", { language: languageName(language) })}</p>
      <Lines language={language} lines={[preview.subject, ...summary]} />
      <h4>{t("staff.acting.letter.german")}</h4>
      <Lines language="de" lines={body.de} />
      {foreign && body.own && (
        <details>
          <summary>{t("staff.acting.letter.own", { language: languageName(language) })}</summary>
          {!body.translated && <p className="muted">{t("staff.acting.letter.partly")}</p>}
          <Lines language={language} lines={body.own} />
        </details>
      )}
      <Remedy preview={preview} />
      <About preview={preview} />
      {children}
    </article>
  );
}

function Lines({ language, lines }: { language: string; lines: readonly string[] }): ReactNode {
  const known = isLanguage(language) ? language : "de";
  return (
    <div className={styles["paper"]} lang={htmlLanguage(known)} dir={LANGUAGE_FACTS[known].direction}>
      {lines.map((line, at) => (
        <p key={at}>{line}</p>
      ))}
    </div>
  );
}

function Remedy({ preview: { remedy } }: { preview: Preview }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <h4>{t("staff.acting.letter.remedy")}</h4>
      {remedy ? (
        <>
          <p lang="de" className={styles["paper"]}>
            {remedy.text_de}
          </p>
          {remedy.court_or_office && <p>{t("staff.acting.letter.remedy.where", { office: remedy.court_or_office })}</p>}
          {remedy.note === "unchecked" && <p>{t("staff.acting.letter.remedy.unchecked")}</p>}
          {remedy.last_day && <p>{t("staff.acting.letter.last_day", { date: format.date(remedy.last_day) })}</p>}
        </>
      ) : (
        <p>{t("staff.acting.letter.remedy.none")}</p>
      )}
    </>
  );
}

function About({ preview: { fee_cents, delivery, second, leaves_after_minutes } }: { preview: Preview }): ReactNode {
  const t = useT();
  const format = useFormat();
  const fee =
    fee_cents === null
      ? t("staff.acting.letter.fee.none")
      : fee_cents === 0
        ? t("staff.acting.letter.fee.free")
        : format.amount(fee_cents);
  const why = second.needed ? "yes" : second.why === "random" ? "maybe" : "no";
  return (
    <Facts
      className="t4"
      items={[
        { key: "fee", label: t("staff.acting.letter.fee"), value: fee },
        { key: "way", label: t("staff.acting.letter.way"), value: t(`staff.acting.letter.way.${delivery}`) },
        { key: "second", label: t("staff.acting.letter.second"), value: t(`staff.acting.letter.second.${why}`) },
        {
          key: "leaves",
          label: t("staff.acting.letter.leaves"),
          value: t("staff.acting.letter.leaves.after", { count: leaves_after_minutes }),
        },
      ]}
    />
  );
}
