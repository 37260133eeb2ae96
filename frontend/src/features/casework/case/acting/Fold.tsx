/** One of the further steps, closed until it is wanted and only then built; the browser's own element. */
import { useState, type ReactNode } from "react";
import styles from "./acting.module.css";

export function Fold({ id, title, children }: { id?: string; title: string; children: ReactNode }): ReactNode {
  const [wanted, setWanted] = useState(false);
  return (
    <details id={id} className={styles["fold"]} onToggle={({ currentTarget }) => currentTarget.open && setWanted(true)}>
      <summary>{title}</summary>
      {wanted && children}
    </details>
  );
}
