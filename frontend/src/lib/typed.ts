/**
 * What somebody typed and the server does not have yet, per draft and page: a lost session or a reload loses nothing.
 * Lives in this tab only, is removed as soon as it is saved or the person signs out, and is forgotten after two hours.
 */

const PREFIX = "amtsweg.typed.";
const CODES = "amtsweg.code.";
const KEPT = 2 * 60 * 60_000;

function each(): string[] {
  const { sessionStorage } = window;
  return Array.from({ length: sessionStorage.length }, (_, at) => sessionStorage.key(at) ?? "").filter((key) =>
    [PREFIX, CODES].some((prefix) => key.startsWith(prefix)),
  );
}

/** What was typed on a page, null when there is nothing or it is too old. */
export function loadTyped(page: string, now = Date.now()): Record<string, unknown> | null {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(PREFIX + page) ?? "null");
    if (typeof kept !== "object" || kept === null || !("at" in kept) || !("typed" in kept)) return null;
    const fresh = typeof kept.at === "number" && now - kept.at < KEPT;
    return fresh && typeof kept.typed === "object" ? (kept.typed as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** Keeps what was typed; null forgets it. */
export function saveTyped(page: string, typed: Readonly<Record<string, unknown>> | null, now = Date.now()): void {
  try {
    if (typed) window.sessionStorage.setItem(PREFIX + page, JSON.stringify({ at: now, typed }));
    else window.sessionStorage.removeItem(PREFIX + page);
  } catch {
    // Switched off or full: the page itself still holds what was typed.
  }
}

/** Forgets everything that was typed, and codes of applications, at sign-out. */
export function clearTyped(): void {
  try {
    for (const key of each()) window.sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
