/** What happened to a case as German sentences; a kind of event without a sentence is a type error here. Pure. */
import type { Format } from "../../../../i18n/format";
import type { Translate } from "../../../../i18n/text";
import type { Case } from "../../types";
import { OUTCOMES, PAYMENTS, wordOf } from "./words";

export type CaseEvent = Case["timeline"][number];
type Kind = CaseEvent["type"];

interface Say {
  t: Translate;
  format: Format;
  event: CaseEvent;
  /** Who of the office did it. */
  who: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}/;

/** A day of the event's data; what is none stays out of the formatter, which would throw. */
const dayOf = (value: unknown, format: Format): string =>
  typeof value === "string" && DATE.test(value) ? format.numericDate(value) : "";

function assigned({ t, event, who }: Say): string {
  const { to } = event.data;
  if (typeof to !== "string") return t("staff.event.assigned.back", { who });
  if (to === event.actor) return t("staff.event.taken", { who });
  return t("staff.event.assigned", { who, to: event.to_name ?? t("staff.event.somebody") });
}

function labelled({ t, format, event, who }: Say): string {
  const { labels } = event.data;
  const named = Array.isArray(labels) ? labels.map(String) : [];
  return named.length > 0
    ? t("staff.event.labelled", { who, labels: format.list(named) })
    : t("staff.event.labelled.none", { who });
}

function proposed({ t, event, who }: Say): string {
  const values = { who, outcome: wordOf(OUTCOMES, event.data["outcome"], t) };
  return event.data["second"] === true ? t("staff.event.proposed.second", values) : t("staff.event.proposed", values);
}

function appointment({ t, format, event }: Say): string {
  const { state, starts_at } = event.data;
  if (state === "cancelled") return t("staff.event.application.appointment.cancelled");
  if (state !== "booked" || typeof starts_at !== "string") return t("staff.event.application.appointment.needed");
  const time = t("staff.case.moment", { date: format.numericDate(starts_at), time: format.clock(starts_at) });
  return t("staff.event.application.appointment.booked", { time });
}

const SENTENCES: Readonly<Record<Kind, (say: Say) => string>> = {
  taken: ({ t, who }) => t("staff.event.taken", { who }),
  assigned,
  labelled,
  noted: ({ t, who }) => t("staff.event.noted", { who }),
  proposed,
  approved: ({ t, who }) => t("staff.event.approved", { who }),
  returned: ({ t, who }) => t("staff.event.returned", { who }),
  undone: ({ t, who }) => t("staff.event.undone", { who }),
  left: ({ t }) => t("staff.event.left"),
  void: ({ t }) => t("staff.event.void"),
  letter_failed: ({ t }) => t("staff.event.letter_failed"),
  letter_printed: ({ t, who }) => t("staff.event.letter_printed", { who }),
  handed_over: ({ t, who }) => t("staff.event.handed_over", { who }),
  routed: ({ t }) => t("staff.event.routed"),
  escalated: ({ t }) => t("staff.event.escalated"),
  opinion_asked: ({ t, who }) => t("staff.event.opinion_asked", { who }),
  opinion_answered: ({ t, who }) => t("staff.event.opinion_answered", { who }),
  opinion_withdrawn: ({ t, who }) => t("staff.event.opinion_withdrawn", { who }),
  "application.created": ({ t }) => t("staff.event.application.created"),
  "application.version_moved": ({ t }) => t("staff.event.application.version_moved"),
  "application.draft_warned": ({ t }) => t("staff.event.application.draft_warned"),
  "application.erasure_announced": ({ t }) => t("staff.event.application.erasure_announced"),
  "application.submitted": ({ t }) => t("staff.event.application.submitted"),
  "application.undone": ({ t }) => t("staff.event.application.undone"),
  "application.received": ({ t }) => t("staff.event.application.received"),
  "application.review_started": ({ t, who }) => t("staff.event.application.review_started", { who }),
  "application.fee_set": ({ t, format, event }) =>
    t("staff.event.application.fee_set", { amount: format.amount(Number(event.data["cents"] ?? 0)) }),
  "application.payment": ({ t, event }) =>
    t("staff.event.application.payment", { state: wordOf(PAYMENTS, event.data["state"], t) }),
  "application.request_opened": ({ t, format, event, who }) =>
    t("staff.event.application.request_opened", { who, date: dayOf(event.data["due_on"], format) }),
  "application.request_reminded": ({ t }) => t("staff.event.application.request_reminded"),
  "application.request_extended": ({ t, format, event }) =>
    t("staff.event.application.request_extended", { date: dayOf(event.data["due_on"], format) }),
  "application.request_answered": ({ t }) => t("staff.event.application.request_answered"),
  "application.request_cancelled": ({ t, who }) => t("staff.event.application.request_cancelled", { who }),
  "application.person_wrote": ({ t }) => t("staff.event.application.person_wrote"),
  "application.office_wrote": ({ t, who }) => t("staff.event.application.office_wrote", { who }),
  "application.granted": ({ t, event }) =>
    event.data["automatic"] === true
      ? t("staff.event.application.granted.automatic")
      : t("staff.event.application.granted"),
  "application.partly_granted": ({ t }) => t("staff.event.application.partly_granted"),
  "application.refused": ({ t }) => t("staff.event.application.refused"),
  "application.discontinued": ({ t }) => t("staff.event.application.discontinued"),
  "application.person_asked": ({ t }) => t("staff.event.application.person_asked"),
  "application.letter_provided": ({ t }) => t("staff.event.application.letter_provided"),
  "application.handover": ({ t }) => t("staff.event.application.handover"),
  "application.appointment": appointment,
  "application.withdrawn": ({ t, event }) =>
    event.data["refund"] === true
      ? t("staff.event.application.withdrawn.refund")
      : t("staff.event.application.withdrawn"),
  "application.lapsed": ({ t }) => t("staff.event.application.lapsed"),
  "application.closed": ({ t }) => t("staff.event.application.closed"),
  "application.corrected": ({ t, who }) => t("staff.event.application.corrected", { who }),
  "application.office_changed": ({ t }) => t("staff.event.application.office_changed"),
  "application.reopened": ({ t, who }) => t("staff.event.application.reopened", { who }),
  "application.purged": ({ t }) => t("staff.event.application.purged"),
  "application.erased": ({ t }) => t("staff.event.application.erased"),
};

export const KINDS = Object.keys(SENTENCES);

/** "Kim Muster übernimmt den Vorgang". */
export function eventText(event: CaseEvent, t: Translate, format: Format): string {
  const who = event.actor_name ?? t("staff.event.somebody");
  // A server that is newer than this page may know more kinds; its word is better than nothing.
  const sentence = SENTENCES[event.type] as ((say: Say) => string) | undefined;
  return sentence ? sentence({ t, format, event, who }) : event.type;
}

/** What happened after a revision, newest last. */
export function eventsSince(timeline: readonly CaseEvent[], revision: number): CaseEvent[] {
  return timeline.filter((event) => event.revision > revision);
}
