/** Pure view logic of the account: where a sign-in leads back to, when a session is about to end. */
import { signInLevel, type Wanted } from "../../api/session";
import type { TrustLevel } from "../../api/types";

/** Reasons why somebody stands on the sign-in page, as the address names them. */
export const REASONS = [
  "cancelled",
  "failed",
  "expired",
  "unavailable",
  "level",
  "over",
  "signed_out",
  "deleted",
] as const;
export type Reason = (typeof REASONS)[number];

export function reasonOf(query: string): Reason | null {
  const named = new URLSearchParams(query).get("grund");
  return REASONS.find((reason) => reason === named) ?? null;
}

const PARAMS = { form_start: ["service"], draft: ["service", "draft"], application: ["reference"] } as const;

/** Where a sign-in that came back without success was meant to lead, as the server names it; null when it does not. */
export function wantedOf(query: string): Wanted | null {
  const given = new URLSearchParams(query);
  const page = given.get("ziel");
  const level = signInLevel(given.get("stufe"));
  if (page === "account" || page === "my_data" || page === "home")
    return { level, to: { page, params: {} }, path: null };
  if (page !== "form_start" && page !== "draft" && page !== "application") return null;
  const params = Object.fromEntries(PARAMS[page].map((name) => [name, given.get(name) ?? ""]));
  return Object.values(params).every(Boolean) ? { level, to: { page, params }, path: null } : null;
}

const DRAFT = /^\/antrag\/([a-z0-9-]+)\/([0-9a-f-]{36})(?:\/|$)/;
const START = /^\/antrag\/([a-z0-9-]+)$/;
const APPLICATION = /^\/antraege\/([0-9A-Z-]+)/;

/** What a sign-in from this page (path below the language) should lead back to. */
export function wantedAt(path: string, needed: TrustLevel | null = "basic"): Wanted {
  const level = signInLevel(needed);
  const [, draftService, draft] = DRAFT.exec(path) ?? [];
  if (draftService && draft) return { level, to: { page: "draft", params: { service: draftService, draft } }, path };
  const [, service] = START.exec(path) ?? [];
  if (service && service !== "weiter") return { level, to: { page: "form_start", params: { service } }, path: null };
  const [, reference] = APPLICATION.exec(path) ?? [];
  if (reference) return { level, to: { page: "application", params: { reference } }, path };
  if (path === "/konto/daten") return { level, to: { page: "my_data", params: {} }, path: null };
  return { level, to: { page: "account", params: {} }, path: null };
}
