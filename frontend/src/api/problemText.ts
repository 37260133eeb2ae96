/** Refusals that every personal page may meet, in the words a person reads. Pages bring those of their own codes. */
import type { Format } from "../i18n/format";
import type { MessageId, Translate } from "../i18n/text";
import type { ApiProblem } from "./problem";

/** Texts without values, by code. */
export type PlainTexts = Readonly<Record<string, PlainId>>;
type PlainId = Extract<MessageId, `account.error.${string}` | `applications.error.${string}`>;

const SHARED: PlainTexts = {
  unauthenticated: "account.error.unauthenticated",
  level_too_low: "account.error.level_too_low",
  not_found: "account.error.not_found",
  no_connection: "account.error.no_connection",
  power_invalid: "account.error.power_invalid",
};

/** What happened and what to do; `own` are the texts for the codes of one feature. */
export function problemText(problem: ApiProblem, t: Translate, format: Format, own: PlainTexts = {}): string {
  const known = own[problem.code] ?? SHARED[problem.code];
  // Every text of the two tables is without values, which the general signature cannot know.
  if (known) return (t as (id: PlainId) => string)(known);
  if (problem.status === 429) {
    const minutes = Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60));
    return t("account.error.many", { duration: format.duration(minutes) });
  }
  const technical = t("account.error.technical");
  return problem.number ? `${technical}\n${t("account.error.instance", { code: problem.number })}` : technical;
}
