/** What the citizen's own page says comes next, in the same words, for who tells it on the phone. */
import type { MessageId, Translate } from "../../../i18n/text";

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

/** Null for a step without words; the words of applications must be loaded. */
export function nextWords(key: string, t: Translate): string | null {
  return Object.hasOwn(NEXT, key) ? t(NEXT[key as keyof typeof NEXT]) : null;
}
