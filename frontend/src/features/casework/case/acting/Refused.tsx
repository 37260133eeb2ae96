/** Why an act was refused: on top of its form, in focus; nothing that was typed is lost. */
import type { ReactNode } from "react";
import type { ApiProblem } from "../../../../api/problem";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { ErrorSummary } from "../../../../ui/ErrorSummary";
import { actProblemText } from "./problems";
import type { Faults } from "./useFaults";

interface Props {
  problem: ApiProblem | null;
  /** Faults at fields; with them the problem itself says nothing more. */
  faults: Pick<Faults, "lines" | "attempt">;
}

export function Refused({ problem, faults: { lines, attempt } }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const refusal = problem && lines.length === 0 ? [{ text: actProblemText(problem, t, format) }] : [];
  return <ErrorSummary faults={[...lines, ...refusal]} attempt={attempt} />;
}
