/** One thing that a button does over the network: never twice at once, a refusal is kept until the next attempt. */
import { useCallback, useRef, useState } from "react";
import { toProblem, type ApiProblem } from "./problem";

export interface Action {
  busy: boolean;
  problem: ApiProblem | null;
  /** Counts refused attempts, so that the summary takes focus each time. */
  attempt: number;
  run: (work: () => Promise<void>) => Promise<void>;
  refuse: (problem: ApiProblem | null) => void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ problem: ApiProblem | null; attempt: number }>({
    problem: null,
    attempt: 0,
  });
  const running = useRef(false);
  const refuse = useCallback((problem: ApiProblem | null) => {
    setRefusal(({ attempt }) => ({ problem, attempt: problem ? attempt + 1 : attempt }));
  }, []);
  const run = useCallback(
    async (work: () => Promise<void>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        await work();
        refuse(null);
      } catch (error) {
        refuse(toProblem(error));
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [refuse],
  );
  return { busy, ...refusal, run, refuse };
}
