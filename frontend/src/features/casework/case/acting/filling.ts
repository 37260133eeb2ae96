/** What is typed into the forms of acting, what is missing in it, and what is sent. Pure. */
import type { Case } from "../../types";
import { dayAfter, isLater } from "./days";
import type { Outcome } from "./standing";

export interface Wording {
  /** Ids of text blocks. */
  blocks: readonly string[];
  /** Free text in German. */
  text: string;
  /** The same in the language of the citizen. */
  translation: string;
  confirmed: boolean;
}

export interface Asking extends Wording {
  fields: readonly string[];
  files: readonly string[];
  /** Days from the proposals, or "other". */
  span: string;
  day: string;
}

export interface Deciding extends Wording {
  fee: string;
}

interface WordsSent {
  reason: string | null;
  blocks: string[];
  translation: { text: string; confirmed: true } | null;
}

export interface AskBody extends WordsSent {
  fields: string[];
  files: string[];
  due_on: string;
}

export interface DecisionBody extends WordsSent {
  outcome: Outcome;
  fee_cents: number | null;
}

export const NO_WORDS: Wording = { blocks: [], text: "", translation: "", confirmed: false };
export const NOTHING_ASKED: Asking = { ...NO_WORDS, fields: [], files: [], span: "14", day: "" };
export const UNDECIDED: Deciding = { ...NO_WORDS, fee: "" };

/** Names the words that say what is missing. */
export type MissingCode =
  | "places"
  | "ask"
  | "text"
  | "reason"
  | "confirm"
  | "day"
  | "fee"
  | "office"
  | "choice"
  | "value"
  | "unchanged"
  | "locked"
  | "why"
  | "question"
  | "note"
  | "return"
  | "reopen";

/** Control that is faulty and the code of what is wrong with it. */
export interface Missing {
  field: "places" | "text" | "translation" | "day" | "fee" | "choice" | "value";
  code: MissingCode;
}

const AMOUNT = /^(\d{1,7})(?:[.,](\d{1,2}))?$/;

/** Cents of a typed amount ("75", "12,50"); null when nothing or nothing readable is typed. */
export function centsOf(typed: string): number | null {
  const [, euros, cents = ""] = AMOUNT.exec(typed.replace(/[\s\u00a0\u202f€]/g, "")) ?? [];
  return euros === undefined ? null : Number(euros) * 100 + Number(cents.padEnd(2, "0"));
}

export function dueOf({ span, day }: Pick<Asking, "span" | "day">, today: string): string {
  return span === "other" ? day : dayAfter(today, Number(span));
}

function unconfirmed({ text, translation, confirmed }: Wording): Missing[] {
  return text.trim() && translation.trim() && !confirmed ? [{ field: "translation", code: "confirm" }] : [];
}

const silent = ({ blocks, text }: Wording): boolean => blocks.length === 0 && text.trim() === "";

export function missingOfAsking(typed: Asking, today: string): Missing[] {
  return [
    ...(typed.fields.length + typed.files.length ? [] : [{ field: "places", code: "places" } as const]),
    ...(silent(typed) ? [{ field: "text", code: "ask" } as const] : []),
    ...unconfirmed(typed),
    ...(isLater(dueOf(typed, today), today) ? [] : [{ field: "day", code: "day" } as const]),
  ];
}

export function missingOfDeciding(typed: Deciding, outcome: Outcome, feeOpen: boolean): Missing[] {
  return [
    ...(outcome !== "granted" && silent(typed) ? [{ field: "text", code: "reason" } as const] : []),
    ...unconfirmed(typed),
    ...(feeOpen && typed.fee.trim() && centsOf(typed.fee) === null ? [{ field: "fee", code: "fee" } as const] : []),
  ];
}

/** Of the typed words what is sent: blocks that fit, the text, its translation only with the text. */
function wordsOf({ blocks, text, translation, confirmed }: Wording, known: ReadonlySet<string>): WordsSent {
  const reason = text.trim() || null;
  const translated = reason && translation.trim() && confirmed;
  return {
    reason,
    blocks: blocks.filter((id) => known.has(id)),
    translation: translated ? { text: translation.trim(), confirmed: true } : null,
  };
}

export function askingBody(typed: Asking, known: ReadonlySet<string>, today: string): AskBody {
  return {
    ...wordsOf(typed, known),
    fields: [...typed.fields],
    files: [...typed.files],
    due_on: dueOf(typed, today),
  };
}

/** Only a fee that the rules could not tell is the office's to tell, and only with a grant. */
export function feeIsOpen(
  { fee_cents, evaluation }: Pick<Case, "fee_cents" | "evaluation">,
  outcome: Outcome,
): boolean {
  const fee = evaluation?.["fee"];
  const unknown = typeof fee === "object" && fee !== null && "unknown" in fee && fee.unknown === true;
  return fee_cents === null && unknown && (outcome === "granted" || outcome === "partly");
}

/** `feeOpen`: the rules do not know the fee, so that it is told here. */
export function decidingBody(
  typed: Deciding,
  outcome: Outcome,
  known: ReadonlySet<string>,
  feeOpen: boolean,
): DecisionBody {
  return { ...wordsOf(typed, known), outcome, fee_cents: feeOpen ? centsOf(typed.fee) : null };
}
