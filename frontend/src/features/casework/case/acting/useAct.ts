/** One act on a case: never twice at once; afterwards the new state is in place, said, and in focus. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { NO_CONNECTION, toProblem, type ApiProblem } from "../../../../api/problem";
import { useAction } from "../../../../api/useAction";
import { announce } from "../../../../lib/announce";
import { caseKey, useStaffSession } from "../../queries";
import type { Case } from "../../types";
import type { Seen } from "./api";

/** Id of the heading that takes focus after an act, since the pressed button is gone. */
export const PANEL = "acting";

/** Refusals after which what is on the screen is no longer true. */
const OUTDATED = [
  "changed_elsewhere",
  "not_now",
  "decision_pending",
  "no_decision_pending",
  "not_found",
  "idempotency_key_reused",
];

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
  run: (work: (seen: Seen) => Promise<Case>, said: string, then?: () => void) => void;
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
  // Kept while nobody knows whether the last try arrived.
  const key = useRef<string | null>(null);
  const after = async (error: unknown): Promise<never> => {
    const { code } = toProblem(error);
    if (code !== NO_CONNECTION) key.current = null;
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
        key.current ??= crypto.randomUUID();
        const seen = { reference: item.line.reference, revision: item.revision, key: key.current };
        const next = await work(seen).catch(after);
        key.current = null;
        then?.();
        onDone(next);
        announce(said);
        requestAnimationFrame(() => document.getElementById(PANEL)?.focus());
      }),
  };
}
