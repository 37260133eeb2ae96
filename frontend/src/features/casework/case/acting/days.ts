/** Days that a request proposes to answer by. Pure. */

const DAY = 86_400_000;
/** How many days a citizen gets: two weeks to answer, four when papers have to come from elsewhere. */
export const SPANS = [14, 28] as const;

/** The day so many days after another, moved to Monday from a weekend; both as "2026-11-24". */
export function dayAfter(today: string, days: number): string {
  const at = new Date(Date.parse(`${today}T12:00:00Z`) + days * DAY);
  const weekend = { 6: 2, 0: 1 }[at.getUTCDay()] ?? 0;
  return new Date(at.getTime() + weekend * DAY).toISOString().slice(0, 10);
}

/** Whether it is a real day after today. */
export function isLater(day: string, today: string): boolean {
  const at = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day && day > today;
}
