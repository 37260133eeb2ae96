/** Says how far the words of this page were checked by people, with the way to the German page. */
import type { ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { reviewStatus } from "../i18n/catalogues";
import { useLanguage } from "../i18n/language";
import { useT } from "../i18n/text";
import styles from "./ReviewNote.module.css";

function GermanLink(): ReactNode {
  const t = useT();
  const [path] = useLocation();
  const search = useSearch();
  return (
    <Link href={`~/de${path}${search && `?${search}`}`} hrefLang="de">
      {t("common.review.german")}
    </Link>
  );
}

/** Above a translated page that no person has compared with the German one. */
export function TranslationNote(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const status = reviewStatus(language);
  if (language === "de" || language === "de-simple" || status === "reviewed" || status === "tested") return null;
  return (
    <div className={`wrap ${styles["translation"]}`}>
      <p>{t("common.review.machine")}</p>
      <GermanLink />
    </div>
  );
}

/** Below every page in Leichte Sprache: the other text counts, and whether the target group has tested this one. */
export function SimpleNote(): ReactNode {
  const t = useT();
  if (useLanguage() !== "de-simple") return null;
  return (
    <div className={`wrap ${styles["simple"]}`}>
      {reviewStatus("de-simple") !== "tested" && <p>{t("common.review.untested")}</p>}
      <p>{t("common.review.legal")}</p>
      <GermanLink />
    </div>
  );
}
