/** Secrets of links stand behind `#`, where no server sees them. */
import { useLayoutEffect, useState } from "react";

/**
 * Takes a secret that stands behind `#` in the address and removes it there, so that it reaches no history, log or
 * copied link. Returns null when the address carries none.
 */
export function takeFragment(name: "s" | "c"): string | null {
  const value = readFragment(name);
  if (!value) return null;
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return value;
}

const readFragment = (name: "s" | "c"): string | null =>
  new URLSearchParams(window.location.hash.slice(1)).get(name) || null;

/**
 * The same for a page that keeps the secret in its state only: read while rendering, removed once the page stands, since
 * React may throw a first rendering away and begin anew.
 */
export function useFragment(name: "s" | "c"): string | null {
  const [secret] = useState(() => readFragment(name));
  useLayoutEffect(() => {
    takeFragment(name);
  }, [name]);
  return secret;
}
