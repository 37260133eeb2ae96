/** Foot of every page: all languages, and the pages about the portal. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../i18n/text";
import styles from "./Foot.module.css";
import { LanguageLinks } from "./LanguageLinks";

export function Foot(): ReactNode {
  const t = useT();
  return (
    <footer className={styles["foot"]}>
      <div className={styles["wrap"]}>
        <nav id="sprachen" aria-label={t("common.languages.all")} className="noprint">
          <LanguageLinks />
        </nav>
        <nav aria-label={t("common.foot.label")} className="noprint">
          <ul>
            <li>
              <Link href="/barrierefreiheit">{t("common.foot.accessibility")}</Link>
            </li>
            <li>
              <Link href="/datenschutz">{t("common.foot.privacy")}</Link>
            </li>
            <li>
              <Link href="/impressum">{t("common.foot.imprint")}</Link>
            </li>
            <li>
              <Link href="/leistungen">{t("common.foot.services")}</Link>
            </li>
            <li>
              <Link href="/standorte">{t("common.offices")}</Link>
            </li>
          </ul>
        </nav>
        <p>{t("common.foot.line")}</p>
      </div>
    </footer>
  );
}
