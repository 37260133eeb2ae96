/** Secrets of links stand behind `#`, where no server sees them. */

/**
 * Takes a secret that stands behind `#` in the address and removes it there, so that it reaches no history, log or
 * copied link. Returns null when the address carries none.
 */
export function takeFragment(name: "s" | "c"): string | null {
  const value = new URLSearchParams(window.location.hash.slice(1)).get(name);
  if (!value) return null;
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return value;
}
