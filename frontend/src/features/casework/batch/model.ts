/** Acting on several cases at once: what was chosen as the body of the request, and what is missing. Pure. */
import type { components } from "../../../api/schema";
import type { BatchResult, CaseLine } from "../types";

export type BatchBody = components["schemas"]["Batch"];
export type Action = BatchBody["action"];
export type Outcome = NonNullable<BatchBody["outcome"]>;

/** So many cases the server takes at once. */
export const MOST = 500;

export const ACTIONS: readonly Action[] = ["assign", "label", "request", "decide"];
export const OUTCOMES: readonly Outcome[] = ["granted", "partly", "refused", "closed"];

/** Everything that the four forms can hold. `assignee`: an account, or "" for nobody. */
export interface Chosen {
  assignee: string;
  add: string;
  remove: string;
  fields: readonly string[];
  files: readonly string[];
  blocks: readonly string[];
  reason: string;
  /** Of the reason, by language; counted only when somebody has confirmed it. */
  translations: Readonly<Record<string, Translated>>;
  due_on: string;
  outcome: Outcome | "";
}

export interface Translated {
  text: string;
  confirmed: boolean;
}

export const NOTHING_CHOSEN: Chosen = {
  assignee: "",
  add: "",
  remove: "",
  fields: [],
  files: [],
  blocks: [],
  reason: "",
  translations: {},
  due_on: "",
  outcome: "",
};

export type Missing = "label" | "places" | "reason" | "due" | "outcome" | "confirm";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const labels = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Translations that somebody typed; without the text that they translate they are of no use. */
function typedIn({ reason, translations }: Chosen): [string, Translated][] {
  return reason.trim() ? Object.entries(translations).filter(([, { text }]) => text.trim()) : [];
}

/** A language of the chosen cases, and how many have it; null while that is not known. */
export interface Reading {
  language: string;
  cases: number | null;
}

/** Foreign languages of the cases (null: not known yet), then those that were typed for other cases: what counts is seen. */
export function languagesOf(
  languages: readonly { language: string; cases: number }[] | null,
  translations: Chosen["translations"],
): Reading[] {
  const foreign = (languages ?? []).filter(({ language }) => language !== "de");
  const others = Object.keys(translations).filter((one) => !foreign.some(({ language }) => language === one));
  return [...foreign, ...others.map((language) => ({ language, cases: languages && 0 }))];
}

/** Where the words of an act are kept: fields and text blocks of one service mean nothing to another. */
export const placeOf = (account: string, action: Action, lines: readonly CaseLine[]): string =>
  `staff.batch.${account}.${oneService(lines) ?? ""}.${action}`;

/** The first thing without which the act makes no sense; `today` as "2026-11-24". */
export function missingOf(action: Action, chosen: Chosen, today: string): Missing | null {
  const worded = chosen.reason.trim() !== "" || chosen.blocks.length > 0;
  if (action === "label") return labels(chosen.add).length + labels(chosen.remove).length > 0 ? null : "label";
  const unread = typedIn(chosen).some(([, { confirmed }]) => !confirmed) ? "confirm" : null;
  if (action === "request") {
    if (chosen.fields.length + chosen.files.length === 0) return "places";
    if (!worded) return "reason";
    return DAY.test(chosen.due_on) && chosen.due_on > today ? unread : "due";
  }
  if (action === "decide") {
    if (!chosen.outcome) return "outcome";
    return chosen.outcome === "granted" || worded ? unread : "reason";
  }
  return null;
}

/** The request for these cases, on the revisions that the list showed. */
export function bodyOf(action: Action, lines: readonly CaseLine[], chosen: Chosen, preview: boolean): BatchBody {
  const cases = lines.map(({ reference }) => reference);
  const seen = Object.fromEntries(lines.map(({ reference, revision }) => [reference, revision]));
  const base: BatchBody = { action, cases, seen, preview };
  const wording = {
    blocks: [...chosen.blocks],
    reason: chosen.reason.trim() || null,
    translations: typedIn(chosen).map(([language, { text }]) => ({
      language: language as NonNullable<BatchBody["translations"]>[number]["language"],
      text: text.trim(),
      confirmed: true as const,
    })),
  };
  if (action === "assign") return { ...base, assignee: chosen.assignee || null };
  if (action === "label") return { ...base, add: labels(chosen.add), remove: labels(chosen.remove) };
  if (action === "request")
    return { ...base, ...wording, fields: [...chosen.fields], files: [...chosen.files], due_on: chosen.due_on };
  return { ...base, ...wording, ...(chosen.outcome && { outcome: chosen.outcome }) };
}

/** Requests and decisions speak about one form, so the cases must be of one service. */
export function oneService(lines: readonly CaseLine[]): string | null {
  const services = new Set(lines.map(({ service }) => service));
  const [first = null] = services;
  return services.size === 1 ? first : null;
}

/** What a preview tells of the cases together, in numbers. */
export interface Consequences {
  /** Wait for a second person first, surely or by lot. */
  second: number;
  post: number;
  /** Free text that stays German for who reads another language. */
  german: number;
}

export function consequencesOf({ would }: Pick<BatchResult, "would">): Consequences {
  const count = (of: (one: BatchResult["would"][number]) => boolean) => would.filter(of).length;
  return {
    second: count(({ second }) => second !== null),
    post: count(({ delivery }) => delivery === "post"),
    german: count(({ translated }) => translated === false),
  };
}
