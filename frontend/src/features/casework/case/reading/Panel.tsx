/** A sand-coloured area of the right column with its heading. */
import { useId, type ReactNode } from "react";
import styles from "./case.module.css";

interface Props {
  title: string;
  /** Where links within the page lead to the heading. */
  id?: string;
  children: ReactNode;
}

export function Panel({ title, id, children }: Props): ReactNode {
  const own = useId();
  const heading = id ?? own;
  return (
    <section className={styles["panel"]} aria-labelledby={heading}>
      <h2 id={heading} tabIndex={id === undefined ? undefined : -1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
