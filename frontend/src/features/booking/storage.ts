/**
 * What a booking in progress remembers in this tab: typed data, the hold and idempotency keys, over reloads and
 * language changes. Kept in sessionStorage only; cleared when booked and 30 minutes after the hold ended.
 */
import type { Language } from "../../i18n/languages";
import { EMPTY, type Selection } from "./model";
import type { Booked, FieldFault, Hold, Slot } from "./types";

const DRAFT = "amtsweg.booking";
const GUEST = "amtsweg.appointment.";
const KEPT_AFTER_HOLD = 30 * 60_000;

export interface Typed {
  oneName: boolean;
  givenName: string;
  familyName: string;
  email: string;
  mobile: string;
  /** Language of the messages; null is the language of the page. */
  language: Language | null;
}

export interface Draft {
  selection: Selection;
  typed: Typed;
  hold: Hold | null;
  /** What the hold was made for; another wish needs another hold. */
  holdFor: string | null;
  /** Server clock minus own clock in milliseconds, seen when the hold was made. */
  skew: number;
  /** Set when somebody else took the chosen time; shown once on the time page. */
  taken: { alternatives: Slot[] } | null;
  booked: Booked | null;
  /** What the server did not accept of the typed data; shown at the fields. */
  faults: FieldFault[];
  keys: Record<string, { body: string; key: string }>;
}

const NOTHING_TYPED: Typed = { oneName: false, givenName: "", familyName: "", email: "", mobile: "", language: null };

export function emptyDraft(): Draft {
  return {
    selection: EMPTY,
    typed: NOTHING_TYPED,
    hold: null,
    holdFor: null,
    skew: 0,
    taken: null,
    booked: null,
    faults: [],
    keys: {},
  };
}

/** Session storage may be switched off or full: then the booking lives in memory until the tab reloads. */
const memory = new Map<string, string>();

function read(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | null): void {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, value);
  } catch {
    // The copy in memory above is the fallback.
  }
}

const listeners = new Set<() => void>();

/** Tells when the draft changed; gives back how to stop listening. */
export function subscribeDraft(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The last draft that was read, so that equal text gives the same object. */
let known: { text: string | null; draft: Draft } = { text: null, draft: emptyDraft() };

function isStale(draft: Draft, now: number): boolean {
  return draft.hold !== null && Date.parse(draft.hold.expires_at) - draft.skew + KEPT_AFTER_HOLD < now;
}

/** The draft of this tab; an empty one when there is none, when it cannot be read, or when its time is over. */
export function loadDraft(now = Date.now()): Draft {
  const text = read(DRAFT);
  if (text !== known.text) known = { text, draft: parse(text) };
  if (!isStale(known.draft, now)) return known.draft;
  write(DRAFT, null);
  known = { text: null, draft: emptyDraft() };
  return known.draft;
}

function parse(text: string | null): Draft {
  if (!text) return emptyDraft();
  try {
    const stored = JSON.parse(text) as Partial<Draft>;
    return { ...emptyDraft(), ...stored, typed: { ...NOTHING_TYPED, ...stored.typed } };
  } catch {
    // Written by another version or damaged: start again rather than fail.
    return emptyDraft();
  }
}

function store(draft: Draft): Draft {
  const text = JSON.stringify(draft);
  write(DRAFT, text);
  known = { text, draft };
  for (const listener of listeners) listener();
  return draft;
}

export function saveDraft(change: Partial<Draft>, now = Date.now()): Draft {
  return store({ ...loadDraft(now), ...change });
}

/** After booking: everything typed goes, the way to the new appointment stays. */
export function finishDraft(booked: Booked): void {
  store({ ...emptyDraft(), booked });
}

/** One key per intent: the same body gets the same key until the server has answered for good. */
export function intentKey(operation: string, body: string, now = Date.now()): string {
  const { keys } = loadDraft(now);
  const known = keys[operation];
  if (known?.body === body) return known.key;
  const key = crypto.randomUUID();
  saveDraft({ keys: { ...keys, [operation]: { body, key } } }, now);
  return key;
}

export function forgetIntent(operation: string, now = Date.now()): void {
  const { keys } = loadDraft(now);
  saveDraft({ keys: Object.fromEntries(Object.entries(keys).filter(([name]) => name !== operation)) }, now);
}

/** Secrets that open one appointment in this tab, and its code while it may still be shown. */
export interface Guest {
  secret: string;
  code: string | null;
}

export function loadGuest(reference: string): Guest | null {
  const text = read(GUEST + reference);
  if (!text) return null;
  try {
    const guest = JSON.parse(text) as Partial<Guest>;
    return typeof guest.secret === "string" ? { secret: guest.secret, code: guest.code ?? null } : null;
  } catch {
    return null;
  }
}

export function saveGuest(reference: string, guest: Guest): void {
  write(GUEST + reference, JSON.stringify(guest));
}

const CONFIRM = "amtsweg.confirm.";

export function loadConfirmSecret(reference: string): string | null {
  return read(CONFIRM + reference);
}

export function saveConfirmSecret(reference: string, secret: string | null): void {
  write(CONFIRM + reference, secret);
}
