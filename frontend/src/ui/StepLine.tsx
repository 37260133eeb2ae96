/** "Schritt 3 von 5: Zeit wählen": words first, drawing second. */
import type { ReactNode } from "react";
import { T } from "../i18n/text";
import styles from "./StepLine.module.css";

export interface Step {
  now: number;
  total: number;
  name: string;
}

export function StepLine({ now, total, name }: Step): ReactNode {
  return (
    <label className={styles["step"]}>
      <span>
        <T id="common.step" values={{ now, total, name: <b>{name}</b> }} />
      </span>
      <progress value={now} max={total} className={styles[`of${total}`]} />
    </label>
  );
}
