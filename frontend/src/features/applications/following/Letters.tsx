/** The decisions as letters in the language of the page, and until when they can be contested. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { OutsideLink } from "../../../ui/Button";
import { letterAddress, remedyCalendarAddress } from "../api";
import type { Application, Letter } from "../types";
import styles from "./following.module.css";

export function Letters({ application }: { application: Application }): ReactNode {
  const t = useT();
  if (application.letters.length === 0) return null;
  return (
    <section className="section" aria-labelledby="letters">
      <h2 id="letters">{t("applications.status.letters")}</h2>
      <ul className={styles["letters"]}>
        {application.letters.map((letter) => (
          <li key={letter.id}>
            <OneLetter reference={application.reference} letter={letter} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneLetter({ reference, letter }: { reference: string; letter: Letter }): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const lastDay = letter.remedy?.last_day;
  return (
    <>
      <h3>{t(`applications.letter.outcome.${letter.kind}`)}</h3>
      <p className="muted">{t("applications.letter.provided", { date: format.day(letter.provided_at) })}</p>
      {letter.first_retrieved_at && (
        <p className="muted">{t("applications.letter.opened", { date: format.day(letter.first_retrieved_at) })}</p>
      )}
      <p>
        <OutsideLink href={letterAddress(reference, letter.id, language)}>
          {t("applications.status.letter", { date: format.day(letter.provided_at) })}
        </OutsideLink>
      </p>
      {!letter.electronic && <p>{t("applications.letter.post")}</p>}
      {lastDay && (
        <>
          <p className={styles["text"]}>{t("applications.letter.remedy", { date: format.date(lastDay) })}</p>
          <p>
            <OutsideLink href={remedyCalendarAddress(reference, letter.id, language)}>
              {t("applications.letter.calendar")}
            </OutsideLink>
          </p>
        </>
      )}
    </>
  );
}
