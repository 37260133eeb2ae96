/** Free times as the page shows them: by day, within the day by office, a few at first. Pure. */
import { slotKey } from "./model";
import type { Availability, AvailabilityDay, Slot } from "./types";

/** Times shown per office and day before "more times". */
export const SHOWN_AT_FIRST = 8;
/** Days asked for at first: a page that a phone can show. */
export const STRIDE = 7;
const LONGEST = 90;
const DAY_MS = 86_400_000;

export interface OfficeTimes {
  office: string;
  slots: Slot[];
}

export interface DayTimes {
  date: string;
  /** All times that can be reached on the page on this day, also those behind "more times". */
  reachable: number;
  offices: OfficeTimes[];
}

function byStart(a: Slot, b: Slot): number {
  return Date.parse(a.starts_at) - Date.parse(b.starts_at);
}

/** Groups days by office, offices with the earliest time first; empty days and repeated times fall away. */
export function groupDays(days: readonly AvailabilityDay[]): DayTimes[] {
  return days.flatMap(({ date, slots }) => {
    const offices = new Map<string, Map<string, Slot>>();
    for (const slot of [...slots].sort(byStart)) {
      const times = offices.get(slot.office) ?? new Map<string, Slot>();
      times.set(slotKey(slot), slot);
      offices.set(slot.office, times);
    }
    const groups = [...offices].map(([office, times]) => ({ office, slots: [...times.values()] }));
    const reachable = groups.reduce((sum, group) => sum + group.slots.length, 0);
    return reachable > 0 ? [{ date, reachable, offices: groups }] : [];
  });
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The next stretch to ask for after `searchedUntil`, or null at the end of the booking horizon. */
export function nextStretch(searchedUntil: string, horizonEnd: string): { from: string; days: number } | null {
  const rest = daysBetween(searchedUntil, horizonEnd);
  return rest > 0 ? { from: addDays(searchedUntil, 1), days: Math.min(rest, LONGEST) } : null;
}

/** First local day of a search: the wish, but never before today. */
export function firstDay(wish: string | null, today: string): string {
  return wish && wish > today ? wish : today;
}

/** Puts a further stretch behind what is known; the five earliest stay those of the first stretch that had any. */
export function joinStretches(known: Availability, further: Availability): Availability {
  return {
    searched_until: further.searched_until,
    first: known.first.length > 0 ? known.first : further.first,
    days: [...known.days, ...further.days],
  };
}

/**
 * Asks for the first days; when nothing is free in them, for the days around the earliest time of all, which the server
 * names up to the horizon. So "nothing free" is never said too early, and the page stays short when it is weeks away.
 */
export async function searchUntilFound(
  ask: (from: string, days: number) => Promise<Availability>,
  from: string,
  horizonEnd: string,
): Promise<Availability> {
  const found = await ask(from, STRIDE);
  const [earliest] = found.first;
  if (found.days.length > 0) return found;
  if (!earliest) return { ...found, searched_until: horizonEnd };
  const day = earliest.starts_at.slice(0, 10);
  return ask(day, Math.min(STRIDE, daysBetween(day, horizonEnd) + 1));
}
