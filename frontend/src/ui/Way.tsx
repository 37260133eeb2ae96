/** The way: a line with stations, only where things happen one after the other. */
import type { ReactNode } from "react";
import styles from "./Way.module.css";

export interface Station {
  key: string;
  title: ReactNode;
  text: ReactNode;
  /** Filled, ring with dot, or grey and dotted; without a state a plain ring. */
  state?: "done" | "now" | "next";
  when?: ReactNode;
}

export function Way({ stations, className = "" }: { stations: readonly Station[]; className?: string }): ReactNode {
  return (
    <ol className={`${styles["way"]} ${className}`}>
      {stations.map(({ key, title, text, state, when }) => (
        <li key={key} className={state && styles[state]} aria-current={state === "now" ? "step" : undefined}>
          <h3>{title}</h3>
          {when && <p className={styles["when"]}>{when}</p>}
          <p className="muted">{text}</p>
        </li>
      ))}
    </ol>
  );
}
