/** A sand-coloured area of the right column with its heading. */
import { useId, type ReactNode } from "react";
import styles from "./case.module.css";

export function Panel({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className={styles["panel"]} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
