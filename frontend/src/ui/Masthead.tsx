/** Head of every page: whose service this is, the languages, the name of the portal, the way to one's own appointment. */
import type { ReactNode } from "react";
import { Link, useRoute } from "wouter";
import { useLanguage } from "../i18n/language";
import { useT } from "../i18n/text";
import { Icon } from "./Icon";
import { LanguageLinks } from "./LanguageLinks";
import { TranslationNote } from "./ReviewNote";
import { Mark } from "./Mark";
import styles from "./Masthead.module.css";

/** Stays English in every language: who cannot read the page finds the way to the others by it. */
const LANGUAGE_WORD = "Language";

export function Masthead({ demo, children }: { demo: boolean; children?: ReactNode }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [own] = useRoute("/termin/*?");
  const [services] = useRoute("/leistungen/*?");
  const [area] = useRoute("/konto/*?");
  return (
    <header>
      <div className={`${styles["strip"]} ${demo ? styles["demo"] : ""}`}>
        <div className={`wrap ${styles["stripWrap"]}`}>
          {demo ? (
            <p>{t("common.demo")}</p>
          ) : (
            <p>
              <span className={styles["full"]}>{t("common.strip")}</span>
              <span className={styles["short"]}>{t("common.strip.short")}</span>
            </p>
          )}
          <a className={styles["jump"]} href="#sprachen">
            <Icon name="globe" />
            <span>
              {t("common.languages.jump")}
              {language !== "en" && <span lang="en"> / {LANGUAGE_WORD}</span>}
            </span>
          </a>
          <nav aria-label={t("common.languages.label")} className={styles["langs"]}>
            <LanguageLinks />
          </nav>
        </div>
      </div>
      <div className={`wrap ${styles["masthead"]}`}>
        <Link href="/" className={styles["brand"]}>
          <Mark />
          <span lang="de" dir="ltr">
            {t("common.portal.name")}
          </span>
        </Link>
        <nav className={styles["mainnav"]} aria-label={t("common.nav.main")}>
          <ul>
            <li>
              <Link href="/leistungen" aria-current={services ? "page" : undefined}>
                {t("common.services")}
              </Link>
            </li>
            <li>
              <Link href="/termin" aria-current={own ? "page" : undefined}>
                {t("common.nav.appointment")}
              </Link>
            </li>
            <li>
              <Link href="/konto" aria-current={area ? "page" : undefined}>
                {t("common.nav.area")}
              </Link>
            </li>
          </ul>
        </nav>
      </div>
      {children}
      <TranslationNote />
    </header>
  );
}
