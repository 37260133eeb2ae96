/** Number and code to keep, and the confirmation of receipt. */
import type { ReactNode } from "react";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { OutsideLink, TextButton, TextLink } from "../../../ui/Button";
import { inGroups } from "../../../lib/codes";
import { receiptAddress } from "../api";
import { loadCode } from "../codes";
import styles from "./following.module.css";

export function KeepBox({ reference }: { reference: string }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const code = loadCode(reference);
  return (
    <section className={code ? styles["keep"] : "t5"} aria-label={t("applications.status.code")}>
      {code && (
        <>
          <h2 className="h3">{t("applications.status.code")}</h2>
          <dl className={styles["codes"]}>
            <div>
              <dt>{t("applications.status.code.number")}</dt>
              <dd>
                <bdi dir="ltr">{reference}</bdi>
              </dd>
            </div>
            <div>
              <dt>{t("applications.status.code.code")}</dt>
              <dd>
                <bdi dir="ltr">{inGroups(code).join("-")}</bdi>
              </dd>
            </div>
          </dl>
          <p className="muted">{t("applications.status.code.text")}</p>
        </>
      )}
      <div className="actions">
        <TextLink href={`/antraege/${reference}/bestaetigung`}>{t("applications.status.receipt.page")}</TextLink>
        <OutsideLink href={receiptAddress(reference, language)}>{t("applications.status.receipt")}</OutsideLink>
        <TextButton onClick={() => window.print()}>{t("applications.status.print")}</TextButton>
      </div>
    </section>
  );
}
