/** "nur Bremen": something holds for one municipality only. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import { T } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import styles from "./AuthorityNote.module.css";

export function AuthorityNote({ authority }: { authority: string | null }): ReactNode {
  const name = usePortal()?.authorities.find(({ slug }) => slug === authority)?.name;
  if (!name) return null;
  return (
    <span className={styles["note"]}>
      <T id="catalogue.only" values={{ authority: <LocalizedText text={name} /> }} />
    </span>
  );
}
