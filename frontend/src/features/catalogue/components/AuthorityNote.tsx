/** ", nur Bremen": something holds for one municipality only; follows directly on what it belongs to. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import { T, useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import styles from "./AuthorityNote.module.css";

export function AuthorityNote({ authority }: { authority: string | null }): ReactNode {
  const t = useT();
  const name = usePortal()?.authorities.find(({ slug }) => slug === authority)?.name;
  if (!name) return null;
  return (
    <>
      {t("catalogue.only.comma")}{" "}
      <span className={styles["note"]}>
        <T id="catalogue.only" values={{ authority: <LocalizedText text={name} /> }} />
      </span>
    </>
  );
}
