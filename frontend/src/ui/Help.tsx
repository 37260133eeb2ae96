/** Help, in the same order at the same place on every page. */
import type { ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useLanguage } from "../i18n/language";
import { useT } from "../i18n/text";
import { PhoneLink } from "./PhoneLink";
import styles from "./Help.module.css";

interface Props {
  phone: string;
  /** Address of a film in German Sign Language, null while there is none. */
  signLanguageFilm: string | null;
}

export function Help({ phone, signLanguageFilm }: Props): ReactNode {
  const t = useT();
  const simple = useLanguage() === "de-simple";
  const [path] = useLocation();
  const search = useSearch();
  return (
    <section className={styles["help"]} aria-labelledby="hilfe">
      <div className="wrap">
        <h2 id="hilfe">{t("common.help.title")}</h2>
        <ul>
          <li>
            <h3>{t("common.help.phone.title")}</h3>
            <PhoneLink className={styles["big"]} number={phone} />
            <p>{t("common.help.phone.text")}</p>
          </li>
          <li>
            <h3>{t("common.help.dgs.title")}</h3>
            {signLanguageFilm ? (
              <a href={signLanguageFilm}>{t("common.help.dgs.link")}</a>
            ) : (
              <Link href="/leichte-sprache">{t("common.help.dgs.page")}</Link>
            )}
            <p>{t(signLanguageFilm ? "common.help.dgs.text" : "common.help.dgs.missing")}</p>
          </li>
          <li>
            <h3>{t("common.help.simple.title")}</h3>
            <Link href={`~/${simple ? "de" : "de-simple"}${path}${search && `?${search}`}`} hrefLang="de">
              {t("common.help.simple.link")}
            </Link>
            <p>{t("common.help.simple.text")}</p>
          </li>
          <li>
            <h3>{t("common.help.feedback.title")}</h3>
            <Link href="/rueckmeldung">{t("common.help.feedback.link")}</Link>
            <p>{t("common.help.feedback.text")}</p>
          </li>
        </ul>
      </div>
    </section>
  );
}
