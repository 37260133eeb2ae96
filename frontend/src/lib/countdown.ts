/** Time left until an instant, and the steps in which it is said. Pure. */

/** Milliseconds until an instant, never below zero; `skew` is server clock minus own clock. */
export function timeLeft(until: string, now: number, skew = 0): number {
  const left = Date.parse(until) - (now + skew);
  return Number.isFinite(left) ? Math.max(0, left) : 0;
}

/** Whole minutes for reading aloud: rounded up, so that "1 minute" is the last thing said before nothing. */
function minutesLeft(milliseconds: number): number {
  return Math.ceil(milliseconds / 60_000);
}

/** Steps of the spoken countdown: whole minutes, in the last minute every 15 seconds. */
export function countdownStep(milliseconds: number): { unit: "minute" | "second"; value: number } {
  return milliseconds > 60_000
    ? { unit: "minute", value: minutesLeft(milliseconds) }
    : { unit: "second", value: Math.ceil(milliseconds / 15_000) * 15 };
}
