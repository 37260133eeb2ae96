/** How far the server is with many cases: the number and a bar. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import type { BatchResult } from "../types";
import styles from "./BatchBar.module.css";

export function Progress({ result: { total, left } }: { result: BatchResult }): ReactNode {
  const t = useT();
  const text = t("staff.batch.progress", { done: total - left, total });
  return (
    <p className="t2">
      {text} <progress className={styles["bar_of"]} value={total - left} max={total} aria-label={text} />
    </p>
  );
}
