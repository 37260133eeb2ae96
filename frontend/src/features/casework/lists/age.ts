/** How old a case is and how much of its time is used: a number, a share for the bar, and which sentence says it. */
import type { CaseLine } from "../types";

export interface Age {
  days: number;
  /** Share of the promised time that is over, 0 to 1; null without a date. */
  used: number | null;
  /** Days until the earliest date; negative = over it; null without one. */
  left: number | null;
  look: "late" | "soon" | "calm";
}

const DAY = 86_400_000;

/** `today` is the day in Berlin as "2026-11-24". */
export function ageOf({ age_days, promise_on, due_on, urgency }: CaseLine, today: string): Age {
  const first = [promise_on, due_on].filter((day) => day !== null).sort()[0];
  const left = first === undefined ? null : Math.round((Date.parse(first) - Date.parse(today)) / DAY);
  // An ended case is no longer measured.
  if (left === null || urgency === "none") return { days: age_days, used: null, left: null, look: "calm" };
  const whole = Math.max(1, age_days + Math.max(0, left));
  const used = left <= 0 ? 1 : Math.min(1, age_days / whole);
  return { days: age_days, used, left, look: left < 0 ? "late" : urgency === "soon" ? "soon" : "calm" };
}
