/** Nothing is open any more. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Note } from "../../../../ui/Note";
import { NextCase } from "./NextCase";
import type { ActsOn } from "./useAct";

export function Ended({ item }: ActsOn): ReactNode {
  const t = useT();
  const withdrawn = item.line.state === "withdrawn";
  return (
    <>
      <Note>
        <p>{t(withdrawn ? "staff.acting.ended.withdrawn" : "staff.acting.ended")}</p>
      </Note>
      <div className="actions">
        <NextCase />
      </div>
    </>
  );
}
