/** One act on a case: never twice at once; afterwards the new state is in place, said, and in focus. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { toProblem, type ApiProblem } from "../../../../api/problem";
import { useAction } from "../../../../api/useAction";
import { announce } from "../../../../lib/announce";
import { caseKey, useStaffSession } from "../../queries";
import type { Case } from "../../types";

/** Id of the heading that takes focus after an act, since the pressed button is gone. */
export const PANEL = "acting";

/** Refusals after which what is on the screen is no longer true. */
const OUTDATED = ["changed_elsewhere", "not_now", "decision_pending", "no_decision_pending", "not_found"];

export interface ActsOn {
  item: Case;
  /** Puts the newer case in place. */
  onDone: (next: Case) => void;
}

export interface Act {
  busy: boolean;
  problem: ApiProblem | null;
  attempt: number;
  /** `said` is announced after it was done; `then` runs with it, such as forgetting what was typed. */
  run: (work: (seen: Case) => Promise<Case>, said: string, then?: () => void) => void;
}

/** Reads the case anew: somebody else changed it, or its time is over. */
export function useReread(reference: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: caseKey(reference) }), [client, reference]);
}

export function useAct({ item, onDone }: ActsOn): Act {
  const reread = useReread(item.line.reference);
  const { refetch: askSession } = useStaffSession();
  const { busy, problem, attempt, run } = useAction();
  const after = async (error: unknown): Promise<never> => {
    const { code } = toProblem(error);
    if (OUTDATED.includes(code)) await reread();
    // Without a session the frame shows the way to sign in, which leads back to this case.
    if (code === "unauthenticated") await askSession();
    throw error;
  };
  return {
    busy,
    problem,
    attempt,
    run: (work, said, then) =>
      void run(async () => {
        const next = await work(item).catch(after);
        then?.();
        onDone(next);
        announce(said);
        requestAnimationFrame(() => document.getElementById(PANEL)?.focus());
      }),
  };
}
