/** Age and deadline: the number, a bar, and the words; colour only repeats them. */
import type { ReactNode } from "react";
import { useT, type Translate } from "../../../i18n/text";
import type { CaseLine } from "../types";
import { ageOf, type Age } from "./age";
import styles from "./WorkTable.module.css";

function leftText({ left }: Age, t: Translate): string {
  if (left === null) return t("staff.list.age.none");
  if (left === 0) return t("staff.list.age.today");
  return left < 0 ? t("staff.list.age.over", { days: -left }) : t("staff.list.age.left", { days: left });
}

export function AgeCell({ line, today }: { line: CaseLine; today: string }): ReactNode {
  const t = useT();
  const age = ageOf(line, today);
  return (
    <>
      <span className={styles["age"]}>
        <b>{t("staff.list.age.days", { days: age.days })}</b>
        {age.used !== null && <progress className={styles["bar"]} value={age.used} max={1} aria-hidden="true" />}
      </span>
      <small>{leftText(age, t)}</small>
    </>
  );
}
