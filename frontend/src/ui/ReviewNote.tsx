/** Says how far the words of this page were checked by people, with the way to the German page. */
import type { ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { reviewStatus } from "../i18n/catalogues";
import { useLanguage } from "../i18n/language";
import { useT } from "../i18n/text";
import styles from "./ReviewNote.module.css";

export function ReviewNote(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [path] = useLocation();
  const search = useSearch();
  const status = reviewStatus(language);
  if (language === "de") return null;
  const simple = language === "de-simple";
  const unread = simple ? status !== "tested" : status === "machine" || status === "draft";
  if (!unread && !simple) return null;
  return (
    <div className={`wrap ${styles["review"]}`}>
      {unread && <p>{t(simple ? "common.review.untested" : "common.review.machine")}</p>}
      {simple && <p>{t("common.review.legal")}</p>}
      <p>
        <Link href={`~/de${path}${search && `?${search}`}`} hrefLang="de">
          {t("common.review.german")}
        </Link>
      </p>
    </div>
  );
}
