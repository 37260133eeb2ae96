/** On to the next case that waits, without the way over the list. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { toProblem, type ApiProblem } from "../../../../api/problem";
import { useAction } from "../../../../api/useAction";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { announceNow } from "../../../../lib/announce";
import { Button } from "../../../../ui/Button";
import { takeNextCase } from "../../api";
import { actProblemText } from "./problems";

export function useNextCase(): { busy: boolean; problem: ApiProblem | null; run: () => void } {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { busy, problem, run } = useAction();
  return {
    busy,
    problem,
    run: () =>
      void run(async () => {
        const { reference } = await takeNextCase().catch((error: unknown) => {
          announceNow(actProblemText(toProblem(error), t, format));
          throw error;
        });
        navigate(`/vorgang/${reference}`);
      }),
  };
}

export function NextCase(): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useNextCase();
  return (
    <>
      <Button busy={busy} onClick={run}>
        {t("staff.acting.next")}
      </Button>
      {problem && <p>{actProblemText(problem, t, format)}</p>}
    </>
  );
}
