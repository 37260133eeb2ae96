/** Days of forms as `YYYY-MM-DD`, and limits such as `today-120y` or another answer. The twin of backend/forms/dates.py. */
import type { JsonObject } from "./form";
import { own } from "./values";

const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const LIMIT = /^today(?:([+-])([0-9]{1,5})([dwmy]))?$/;
const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** True when there is such a day in the years that forms know. */
export function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (DAY.exec(text) ?? []).map(Number);
  const known = year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12;
  return known && day >= 1 && day <= daysIn(year, month);
}

/** The day that a limit means; null without a limit or when the answer it looks at is no day. */
export function limit(rule: string | undefined, today: string, level: JsonObject): string | null {
  if (rule === undefined) return null;
  if (rule.startsWith("/")) {
    const other = own(level, rule.slice(1));
    return typeof other === "string" && isDay(other) ? other : null;
  }
  const found = LIMIT.exec(rule);
  if (!found) return rule;
  const [, sign, amount, unit] = found;
  if (amount === undefined) return today;
  const number = Number(amount) * (sign === "-" ? -1 : 1);
  if (unit === "d" || unit === "w") return plusDays(today, unit === "w" ? number * 7 : number);
  return plusMonths(today, unit === "y" ? number * 12 : number);
}

function parts(day: string): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
}

function plusDays(day: string, days: number): string {
  const [year, month, date] = parts(day);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

function plusMonths(day: string, months: number): string {
  const [year, month, date] = parts(day);
  const total = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  const newDay = Math.min(date, daysIn(newYear, newMonth));
  return [String(newYear).padStart(4, "0"), String(newMonth).padStart(2, "0"), String(newDay).padStart(2, "0")].join(
    "-",
  );
}

/** Today in Berlin. */
export function berlinToday(now: Date = new Date()): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(now);
}
