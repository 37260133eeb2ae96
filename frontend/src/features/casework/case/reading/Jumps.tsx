/** Ways within a long page: who works with the keyboard reaches the next step without passing every answer. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { PANEL } from "../acting/useAct";
import styles from "./case.module.css";

export function Jumps(): ReactNode {
  const t = useT();
  const places = [
    [PANEL, t("staff.acting.title")],
    ["answers", t("staff.case.answers")],
    ["messages", t("staff.case.messages")],
    ["notes", t("staff.case.notes")],
    ["log", t("staff.case.log")],
  ] as const;
  return (
    <nav className={styles["jumps"]} aria-label={t("staff.case.jumps")}>
      <ul>
        {places.map(([id, name]) => (
          <li key={id}>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
