/** How far the server is with many cases: the number and a bar; said only to who goes there, never by itself. */
import { useId, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import type { BatchResult } from "../types";
import styles from "./BatchBar.module.css";

export function Progress({ result: { total, left } }: { result: BatchResult }): ReactNode {
  const t = useT();
  const id = useId();
  return (
    <p className="t2">
      <span id={id}>{t("staff.batch.progress", { done: total - left, total })}</span>{" "}
      <progress className={styles["bar_of"]} value={total - left} max={total} aria-labelledby={id} />
    </p>
  );
}
