/** From codes of the API to the words a person reads. Pure. */
import type { ApiProblem } from "../../api/problem";
import type { Format } from "../../i18n/format";
import type { MessageId, Translate } from "../../i18n/text";
import type { FieldFault, Slot } from "./types";

/** Codes whose text needs no value. */
const PLAIN = {
  too_many_holds: "booking.error.many_holds",
  contact_limit: "booking.error.contact_limit",
  no_extensions_left: "booking.error.no_extensions_left",
  extension_limit: "booking.error.no_extensions_left",
  no_connection: "booking.error.no_connection",
  not_found: "booking.error.not_found",
  in_the_past: "booking.error.time_gone",
  too_soon: "booking.error.time_gone",
  too_far: "booking.error.time_gone",
  not_on_grid: "booking.error.time_gone",
  hold_expired: "booking.hold.over.title",
  hold_used: "booking.error.reload",
  idempotency_key_reused: "booking.error.reload",
  slot_taken: "booking.taken.none",
  unknown_service: "booking.error.wish",
  unknown_office: "booking.error.wish",
  not_combinable: "booking.error.wish",
  not_offered: "booking.error.wish",
  not_bookable: "booking.error.wish",
  too_many: "booking.error.wish",
  needs_not_held: "booking.error.wish",
  already_confirmed: "booking.done.now_booked",
  confirmation_expired: "booking.confirm.over.title",
  not_confirmed: "booking.error.not_confirmed",
  appointment_over: "booking.error.over",
  appointment_cancelled: "booking.error.cancelled",
  undo_over: "booking.error.undo_over",
  not_cancelled: "booking.undone",
} as const satisfies Record<string, MessageId>;

/** Codes of single fields; required ones depend on the field and are handled by `faultText`. */
const FIELD = {
  name_script: "booking.error.name_script",
  name_characters: "booking.error.name_characters",
  too_long: "booking.error.too_long",
  email_invalid: "booking.error.email_invalid",
  mobile_invalid: "booking.error.mobile_invalid",
  contact_not_offered: "booking.error.contact_not_offered",
  contact_required: "booking.error.email",
} as const satisfies Record<string, MessageId>;

function isKey<Table extends object>(
  table: Table,
  key: string,
): key is Table extends Record<infer Key, unknown> ? Key & string : never {
  return Object.hasOwn(table, key);
}

/** What happened and what to do, for the whole form. */
export function problemText(problem: ApiProblem, t: Translate, format: Format): string {
  const own = problem.errors.map(({ code }) => code).find((code) => isKey(PLAIN, code));
  const code = isKey(PLAIN, problem.code) ? problem.code : (own ?? problem.code);
  if (isKey(PLAIN, code)) return t(PLAIN[code]);
  if (problem.status === 429) {
    return t("booking.error.many", {
      duration: format.duration(Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60))),
    });
  }
  const text = t("booking.error.technical");
  return problem.number ? `${text}\n${t("booking.error.instance", { code: problem.number })}` : text;
}

/** The words at a field and in the summary. */
export function faultText({ pointer, code }: FieldFault, oneName: boolean, t: Translate): string {
  if (isKey(FIELD, code)) return t(FIELD[code]);
  if (pointer.endsWith("/family_name")) return t(oneName ? "booking.error.single_name" : "booking.error.family_name");
  if (pointer.endsWith("/given_name")) return t("booking.error.given_name");
  if (pointer.endsWith("/mobile")) return t("booking.error.mobile_invalid");
  return t("booking.error.email");
}

function isSlot(value: unknown): value is Slot {
  return typeof value === "object" && value !== null && "office" in value && "starts_at" in value && "ends_at" in value;
}

/** Free times nearby that came with a refusal. */
export function alternativesOf(problem: ApiProblem): Slot[] {
  const { alternatives } = problem.extra;
  return Array.isArray(alternatives) ? alternatives.filter(isSlot) : [];
}
