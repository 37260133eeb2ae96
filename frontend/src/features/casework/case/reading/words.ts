/** From the codes of a case to the ids of their German words, and days counted. Pure. */
import { berlinDay, type Format } from "../../../../i18n/format";
import type { MessageId, Translate } from "../../../../i18n/text";
import type { Case, CaseLine } from "../../types";

type Table = Readonly<Record<string, PlainId>>;
type PlainId = Extract<MessageId, `staff.case.${string}` | `staff.event.outcome.${string}`>;

export const STATES = {
  draft: "staff.case.state.draft",
  submitted: "staff.case.state.submitted",
  received: "staff.case.state.received",
  in_review: "staff.case.state.in_review",
  waiting_for_citizen: "staff.case.state.waiting_for_citizen",
  decided_granted: "staff.case.state.decided_granted",
  decided_partly: "staff.case.state.decided_partly",
  decided_refused: "staff.case.state.decided_refused",
  withdrawn: "staff.case.state.withdrawn",
  lapsed: "staff.case.state.lapsed",
  closed: "staff.case.state.closed",
} as const satisfies Record<CaseLine["state"], MessageId>;

export const PAYMENTS = {
  open: "staff.case.payment.open",
  started: "staff.case.payment.started",
  booked: "staff.case.payment.booked",
  failed: "staff.case.payment.failed",
  cancelled: "staff.case.payment.cancelled",
  refunded: "staff.case.payment.refunded",
  waived: "staff.case.payment.waived",
} as const satisfies Table;

export const OUTCOMES = {
  granted: "staff.event.outcome.granted",
  partly: "staff.event.outcome.partly",
  refused: "staff.event.outcome.refused",
  closed: "staff.event.outcome.closed",
} as const satisfies Table;

export const LEVELS = {
  none: "staff.case.level.none",
  basic: "staff.case.level.basic",
  substantial: "staff.case.level.substantial",
  high: "staff.case.level.high",
} as const satisfies Table;

export const METHODS = {
  eid: "staff.case.method.eid",
  elster: "staff.case.method.elster",
  pwd: "staff.case.method.pwd",
} as const satisfies Table;

export const FACTS = {
  level: "staff.case.rules.fact.level",
  profile_matches: "staff.case.rules.fact.profile_matches",
  represented: "staff.case.rules.fact.represented",
  today: "staff.case.rules.fact.today",
} as const satisfies Table;

export const WRITERS = {
  person: "staff.case.by.citizen",
  citizen: "staff.case.by.citizen",
  helper: "staff.case.by.helper",
  office: "staff.case.by.office",
  system: "staff.case.by.system",
} as const satisfies Table;

/** The word of a code; a code without one is shown as it is, so that nobody reads a wrong word. */
export function wordOf(table: Table, code: unknown, t: Translate): string {
  const id = typeof code === "string" && Object.hasOwn(table, code) ? table[code] : undefined;
  // No text of these tables has values, which the general signature cannot know.
  return id ? (t as (id: PlainId) => string)(id) : String(code);
}

const OPEN: readonly CaseLine["state"][] = ["submitted", "received", "in_review", "waiting_for_citizen"];

/** Whether a promise still counts: a case that is over keeps none. */
export function isOpen({ state }: Pick<CaseLine, "state">): boolean {
  return OPEN.includes(state);
}

const DAY = 86_400_000;

/** Days from today to a date, counted in Berlin; negative when it is over. */
export function daysUntil(date: string, now = new Date()): number {
  return Math.round((Date.parse(date) - Date.parse(berlinDay(now))) / DAY);
}

/** "11.12.2026, noch 18 Tage". */
export function promiseText({ promise_on, waiting_for }: CaseLine, t: Translate, format: Format, now?: Date): string {
  if (!promise_on) return t(waiting_for ? "staff.case.promise.stopped" : "staff.case.promise.none");
  const days = daysUntil(promise_on, now);
  const date = format.numericDate(promise_on);
  return days < 0 ? t("staff.case.promise.over", { date, days: -days }) : t("staff.case.promise.left", { date, days });
}

/** "75,00 €, bezahlt". */
export function feeText({ fee_cents, payment }: Case, t: Translate, format: Format): string {
  if (fee_cents === null) return t("staff.case.fee.unknown");
  if (fee_cents === 0) return t("staff.case.fee.none");
  const amount = format.amount(fee_cents);
  return payment ? t("staff.case.fee.paid", { amount, state: wordOf(PAYMENTS, payment, t) }) : amount;
}

/** "20.11.2026, 14:32". */
export function momentText(at: string, t: Translate, format: Format): string {
  return t("staff.case.moment", { date: format.numericDate(at), time: format.clock(at) });
}
