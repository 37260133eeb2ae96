/** From the codes of an application to the ids of the words a person reads. Pure. */
import type { MessageId } from "../../../i18n/text";
import type { PaymentState, TimelineEntry } from "../types";

const TIMELINE = {
  created: "applications.timeline.created",
  submitted: "applications.timeline.submitted",
  undone: "applications.timeline.undone",
  received: "applications.timeline.received",
  fee_set: "applications.timeline.fee_set",
  request_opened: "applications.timeline.request_opened",
  request_reminded: "applications.timeline.request_reminded",
  request_answered: "applications.timeline.request_answered",
  request_cancelled: "applications.timeline.request_cancelled",
  person_wrote: "applications.timeline.person_wrote",
  office_wrote: "applications.timeline.office_wrote",
  granted: "applications.timeline.granted",
  partly_granted: "applications.timeline.partly_granted",
  refused: "applications.timeline.refused",
  letter_provided: "applications.timeline.letter_provided",
  letter_retrieved: "applications.timeline.letter_retrieved",
  handover: "applications.timeline.handover",
  withdrawn: "applications.timeline.withdrawn",
  lapsed: "applications.timeline.lapsed",
  closed: "applications.timeline.closed",
  corrected: "applications.timeline.corrected",
  office_changed: "applications.timeline.office_changed",
  reopened: "applications.timeline.reopened",
  discontinued: "applications.timeline.discontinued",
  person_asked: "applications.timeline.person_asked",
  erasure_announced: "applications.timeline.erasure_announced",
} as const satisfies Record<string, MessageId>;

const APPOINTMENT = {
  needed: "applications.timeline.appointment.needed",
  booked: "applications.timeline.appointment.booked",
  cancelled: "applications.timeline.appointment.cancelled",
} as const satisfies Record<string, MessageId>;

export const PAYMENT = {
  open: "applications.pay.state.open",
  started: "applications.pay.state.started",
  booked: "applications.pay.state.booked",
  failed: "applications.pay.state.failed",
  cancelled: "applications.pay.state.cancelled",
  refunded: "applications.pay.state.refunded",
  waived: "applications.pay.state.waived",
} as const satisfies Record<PaymentState, MessageId>;

/** A fee that was paid and goes back, until it went. */
export const REFUNDING = "applications.pay.state.refunding" satisfies MessageId;

/** States after which nothing is promised any more. */
export const ENDED: ReadonlySet<string> = new Set([
  "decided_granted",
  "decided_partly",
  "decided_refused",
  "withdrawn",
  "lapsed",
  "closed",
]);

const NEXT = {
  "next.undo": "applications.next.undo",
  "next.pay": "applications.next.pay",
  "next.answer_request": "applications.next.answer_request",
  "next.book_visit": "applications.next.book_visit",
  "next.office": "applications.next.office",
  "next.go_on": "applications.next.go_on",
  "next.decided_granted": "applications.next.decided",
  "next.decided_partly": "applications.next.decided",
  "next.decided_refused": "applications.next.decided",
  "next.withdrawn": "applications.next.withdrawn",
  "next.withdrawn_refund": "applications.next.withdrawn_refund",
  "next.lapsed": "applications.next.lapsed",
  "next.closed": "applications.next.closed",
} as const satisfies Record<string, MessageId>;

type IdOf<Table> = Table[keyof Table];

function lookUp<Table extends object>(table: Table, key: unknown): IdOf<Table> | null {
  return typeof key === "string" && Object.hasOwn(table, key) ? table[key as keyof Table] : null;
}

/** Text of something that happened, for kinds without values of their own; null for one this portal does not know. */
export const timelineText = (entry: TimelineEntry) =>
  entry.type === "appointment" ? lookUp(APPOINTMENT, entry.params["state"]) : lookUp(TIMELINE, entry.type);

export const paymentText = (state: unknown) => lookUp(PAYMENT, state);

export const nextText = (key: string) => lookUp(NEXT, key);
