/** From codes of refused acts to the words that staff read. */
import type { ApiProblem } from "../../../../api/problem";
import { problemText } from "../../../../api/problemText";
import type { Format } from "../../../../i18n/format";
import type { Translate } from "../../../../i18n/text";

const KNOWN = [
  "changed_elsewhere",
  "not_now",
  "decision_pending",
  "no_decision_pending",
  "own_proposal",
  "nothing_to_take",
  "not_in_office",
  "forbidden",
  "validation_failed",
  "correction_too_far",
  "worker_absent",
  "own_office",
  "not_in_training",
  "opinion_ended",
  "document_unavailable",
  "invalid",
] as const;

/** Other codes of the same news. */
const SAME: Readonly<Record<string, string>> = { idempotency_key_reused: "changed_elsewhere" };

/** What happened and what to do; typed words are still there in every case. */
export function actProblemText(problem: ApiProblem, t: Translate, format: Format): string {
  const known = KNOWN.find((code) => code === (SAME[problem.code] ?? problem.code));
  return known ? t(`staff.acting.error.${known}`) : problemText(problem, t, format);
}
