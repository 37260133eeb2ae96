/** First stop of the keyboard: over the head to the content. */
import type { MouseEvent, ReactNode } from "react";
import { useT } from "../i18n/text";
import styles from "./SkipLink.module.css";

export function SkipLink(): ReactNode {
  const t = useT();
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById("inhalt")?.focus();
    document.getElementById("inhalt")?.scrollIntoView();
  };
  return (
    <a className={styles["skip"]} href="#inhalt" onClick={skip}>
      {t("common.skip")}
    </a>
  );
}
