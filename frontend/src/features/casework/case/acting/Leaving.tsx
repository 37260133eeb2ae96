/** Decided: until when it can be taken back, told in words; the time stands still for nobody and says so. */
import { useEffect, useRef, type ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { timeLeft } from "../../../../lib/countdown";
import { useNow } from "../../../../lib/useNow";
import { Button } from "../../../../ui/Button";
import { Note } from "../../../../ui/Note";
import { undoDecision } from "./api";

import { NextCase } from "./NextCase";
import { ProposedLetter } from "./ProposedLetter";
import { Refused } from "./Refused";
import type { Proposal } from "./standing";
import { useAct, useReread, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

/** The words change at most twice a minute and are spoken to nobody who did not come to read them. */
const LOOK = 30_000;
const MINUTE = 60_000;

export function Leaving({ proposal, ...acts }: ActsOn & { proposal: Proposal }): ReactNode {
  const t = useT();
  const format = useFormat();
  const act = useAct(acts);
  const faults = useFaults({}, act);
  const left = timeLeft(proposal.leaves_at ?? "", useNow(LOOK));
  useGone(left === 0, acts.item.line.reference);
  const minutes = Math.ceil(left / MINUTE);
  return (
    <>
      <Refused problem={act.problem} faults={faults} />
      <Note kind="ok">
        <p>
          <b>{t(`staff.acting.leaving.${proposal.outcome}`)}</b>
        </p>
        <p>
          {left > 0
            ? t("staff.acting.leaving.until", { time: format.time(proposal.leaves_at ?? ""), count: minutes })
            : t("staff.acting.leaving.now")}
        </p>
        <p>{t("staff.acting.leaving.fixed")}</p>
      </Note>
      <div className="actions">
        <NextCase />
        {acts.item.can.undo && left > 0 && (
          <Button look="second" busy={act.busy} onClick={() => act.run(undoDecision, t("staff.acting.undo.done"))}>
            {t("staff.acting.undo")}
          </Button>
        )}
      </div>
      {proposal.preview && <ProposedLetter preview={proposal.preview} reference={acts.item.line.reference} />}
    </>
  );
}

/** When the time is over the case is read again, until the letter has left. */
function useGone(over: boolean, reference: string): void {
  const reread = useReread(reference);
  const asked = useRef(false);
  useEffect(() => {
    if (!over || asked.current) return;
    asked.current = true;
    void reread();
  }, [over, reread]);
}
