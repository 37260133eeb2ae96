/** Where a sign-in of staff leads back to, and why somebody stands on the sign-in page. */
import type { ReturnTo } from "../api";

export const REASONS = ["cancelled", "failed", "expired", "unavailable", "level", "over", "signed_out"] as const;
export type Reason = (typeof REASONS)[number];

/** The page that was wanted before signing in; kept in this tab only. */
const PATH = "amtsweg.staff.path";

export function reasonOf(query: string): Reason | null {
  const named = new URLSearchParams(query).get("grund");
  return REASONS.find((reason) => reason === named) ?? null;
}

/** A path with its query, so that filters and order are there again. */
export const addressAt = (path: string, query: string): string => (query ? `${path}?${query}` : path);

const CASE = /^\/vorgang\/([0-9A-Za-z-]+)/;
const HOME: ReturnTo = { page: "home", params: {} };

/** The return page for a path below /amt; every page but a case is reached from the work list. */
export function returnOf(path: string): ReturnTo {
  const [, reference] = CASE.exec(path) ?? [];
  return reference ? { page: "case", params: { reference } } : HOME;
}

/** Where a sign-in that came back without success was meant to lead, as the server names it. */
export function returnOfQuery(query: string): ReturnTo | null {
  const given = new URLSearchParams(query);
  const reference = given.get("reference");
  return given.get("ziel") === "case" && reference ? { page: "case", params: { reference } } : null;
}

/** Keeps where somebody wants to go on after signing in. */
export function rememberPath(path: string): void {
  try {
    window.sessionStorage.setItem(PATH, path);
  } catch {
    // Without storage the person starts from the work list.
  }
}

export function lastPath(): string {
  try {
    return window.sessionStorage.getItem(PATH) ?? "/";
  } catch {
    return "/";
  }
}

/** The page to go on to, given once; null when it is the one on which a sign-in ends anyway. */
export function takePath(): string | null {
  const path = lastPath();
  rememberPath("/");
  return path === "/" || path.startsWith("/anmelden") ? null : path;
}
