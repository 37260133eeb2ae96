/** The six languages, each by its own name; the route and what was typed stay. */
import type { ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useLanguage } from "../i18n/language";
import { htmlLanguage, LANGUAGE_FACTS, LANGUAGES } from "../i18n/languages";
import styles from "./LanguageLinks.module.css";

export function LanguageLinks(): ReactNode {
  const active = useLanguage();
  const [path] = useLocation();
  const search = useSearch();
  const rest = search ? `${path}?${search}` : path;
  return (
    <ul className={styles["langs"]}>
      {LANGUAGES.map((language) => {
        const { name, direction } = LANGUAGE_FACTS[language];
        const lang = htmlLanguage(language);
        return (
          <li key={language}>
            {language === active ? (
              <span aria-current="true" lang={lang} dir={direction}>
                {name}
              </span>
            ) : (
              <Link href={`~/${language}${rest}`} lang={lang} hrefLang={lang} dir={direction}>
                {name}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
