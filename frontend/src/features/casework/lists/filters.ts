/** Filters of the work list as they stand in the address; nothing about a person is among them. */
import type { CaseQuery } from "../types";
import { sortOf, type Sort } from "./sorting";

/** One word of the address for each field of the form; empty = no limit. */
export interface Typed {
  dienst: string;
  stand: string;
  zu: string;
  frist: string;
  sprache: string;
  alter: string;
  wartet: string;
  kennzeichen: string;
  gefahr: string;
  eskaliert: string;
  freigabe: string;
}

export const NOTHING: Typed = {
  dienst: "",
  stand: "",
  zu: "",
  frist: "",
  sprache: "",
  alter: "",
  wartet: "",
  kennzeichen: "",
  gefahr: "",
  eskaliert: "",
  freigabe: "",
};

export interface Place {
  typed: Typed;
  sort: Sort;
  /** Cursor of the page, null on the first; pages are counted for people only. */
  after: string | null;
  page: number;
}

export const STATES = [
  "received",
  "in_review",
  "waiting_for_citizen",
  "decided_granted",
  "decided_partly",
  "decided_refused",
  "withdrawn",
  "lapsed",
  "closed",
] as const;
export type State = (typeof STATES)[number];
const OPEN_STATES: readonly string[] = STATES.slice(0, 3);

export const isState = (word: string): word is State => (STATES as readonly string[]).includes(word);

/** Reads the address of the list; what nobody knows is no filter. */
export function placeOf(search: string): Place {
  const given = new URLSearchParams(search);
  const typed = { ...NOTHING };
  for (const name of Object.keys(NOTHING) as (keyof Typed)[]) typed[name] = given.get(name) ?? "";
  const page = Number(given.get("seite"));
  return {
    typed,
    sort: sortOf(given.get("sort")),
    after: given.get("ab"),
    page: Number.isInteger(page) && page > 1 && given.has("ab") ? page : 1,
  };
}

/** The address of a list, with the shortest query that means it. */
export function addressOf({ typed, sort = "due", after = null, page = 1 }: Partial<Place>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(typed ?? {})) if (value) query.set(name, String(value));
  if (sort !== "due") query.set("sort", sort);
  if (after) {
    query.set("ab", after);
    query.set("seite", String(page));
  }
  const words = query.toString();
  return words ? `/?${words}` : "/";
}

/** Which cases a chosen state means: one state, all open ones, all ended ones, or all. */
function scopeOf(state: string): Pick<CaseQuery, "scope" | "states"> {
  if (isState(state)) return { scope: OPEN_STATES.includes(state) ? "open" : "ended", states: [state] };
  return { scope: state === "ended" || state === "all" ? state : "open" };
}

const oneOf = <Word extends string>(value: string, words: readonly Word[]): Word | null =>
  words.find((word) => word === value) ?? null;

export const LANGUAGES = ["de", "de-simple", "en", "tr", "ar", "uk"] as const;
const PERSON = /^(me|nobody|[0-9a-f-]{36})$/;

/** What the server is asked for. */
export function queryOf({ typed, sort }: Pick<Place, "typed" | "sort">): CaseQuery {
  const days = Number(typed.alter);
  const language = oneOf(typed.sprache, LANGUAGES);
  return {
    ...scopeOf(typed.stand),
    sort,
    ...(typed.dienst && { services: [typed.dienst] }),
    ...(language && { languages: [language] }),
    ...(PERSON.test(typed.zu) && { assigned: typed.zu }),
    ...(oneOf(typed.frist, ["overdue", "soon"]) && { due: oneOf(typed.frist, ["overdue", "soon"]) }),
    ...(oneOf(typed.wartet, ["citizen", "payment", "office"]) && {
      waiting_for: oneOf(typed.wartet, ["citizen", "payment", "office"]),
    }),
    ...(typed.alter && Number.isInteger(days) && days >= 0 && days <= 3650 && { older_than_days: days }),
    ...(typed.kennzeichen && { label: typed.kennzeichen }),
    ...(typed.gefahr && { at_risk: true }),
    ...(typed.eskaliert && { escalated: true }),
    ...(typed.freigabe && { to_approve: true }),
  };
}

/** The filters of a saved view as words of the form. */
export function typedOf(filters: CaseQuery): Typed {
  const state = filters.states?.[0] ?? (filters.scope === "open" ? "" : (filters.scope ?? ""));
  return {
    ...NOTHING,
    dienst: filters.services?.[0] ?? "",
    stand: state,
    zu: filters.assigned ?? "",
    frist: filters.due ?? "",
    sprache: filters.languages?.[0] ?? "",
    alter: filters.older_than_days == null ? "" : String(filters.older_than_days),
    wartet: filters.waiting_for ?? "",
    kennzeichen: filters.label ?? "",
    gefahr: filters.at_risk ? "1" : "",
    eskaliert: filters.escalated ? "1" : "",
    freigabe: filters.to_approve ? "1" : "",
  };
}

export const same = (one: Typed, other: Typed): boolean =>
  (Object.keys(NOTHING) as (keyof Typed)[]).every((name) => one[name] === other[name]);

/** What a tab leads to: filters and order. */
export type View = Pick<Place, "typed" | "sort">;

/** Which of the views is on the screen: the one with this very order, else the first with these filters. */
export function currentOf(views: readonly View[], now: View): number {
  const alike = views.map(({ typed }) => same(typed, now.typed));
  const exact = views.findIndex(({ sort }, at) => alike[at] && sort === now.sort);
  return exact < 0 ? alike.indexOf(true) : exact;
}
