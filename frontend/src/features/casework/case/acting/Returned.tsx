/** What became of the last proposal, when it is a reason to act again. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Note } from "../../../../ui/Note";
import type { Case } from "../../types";
import styles from "./acting.module.css";

export function Returned({ item: { proposal } }: { item: Case }): ReactNode {
  const t = useT();
  if (proposal?.state === "void") {
    return (
      <Note kind="warn">
        <p>{t("staff.acting.void")}</p>
      </Note>
    );
  }
  if (proposal?.state !== "returned" || !proposal.returned_because) return null;
  return (
    <Note kind="warn">
      <p>
        <b>{t("staff.acting.returned")}</b>
      </p>
      <p>{t("staff.acting.returned.by", { name: proposal.approver_name ?? t("staff.acting.somebody") })}</p>
      <p className={styles["text"]}>{proposal.returned_because}</p>
    </Note>
  );
}
