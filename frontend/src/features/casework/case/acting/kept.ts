/** What is typed about a case and not sent yet: it outlives conflicts, navigation and signing in again, in this tab only. */
import { useState } from "react";
import { loadTyped, saveTyped } from "../../../../lib/typed";

export interface Kept<Values> {
  values: Values;
  change: (part: Partial<Values>) => void;
  forget: () => void;
}

/** Of what was kept the parts that still have the shape that is expected. */
export function restored<Values extends object>(empty: Values, kept: Record<string, unknown> | null): Values {
  const fits = Object.entries(kept ?? {}).filter(([name, value]) => {
    const expected: unknown = (empty as Record<string, unknown>)[name];
    return typeof value === typeof expected && Array.isArray(value) === Array.isArray(expected);
  });
  return { ...empty, ...(Object.fromEntries(fits) as Partial<Values>) };
}

/** True if something that was typed waits there. */
export function isKept(place: string): boolean {
  const kept: unknown[] = Object.values(loadTyped(place) ?? {});
  return kept.some((value) =>
    typeof value === "string" ? value.trim() !== "" : Array.isArray(value) && value.length > 0,
  );
}

/** `place` names who types and about which case, so that nobody meets the words of somebody else. */
export function useKept<Values extends object>(place: string, empty: Values): Kept<Values> {
  const [values, setValues] = useState(() => restored(empty, loadTyped(place)));
  return {
    values,
    change: (part) => {
      const next = { ...values, ...part };
      setValues(next);
      saveTyped(place, next as Record<string, unknown>);
    },
    forget: () => {
      setValues(empty);
      saveTyped(place, null);
    },
  };
}
