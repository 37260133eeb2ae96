/** German dates as people type them. Pure. */

const TYPED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;
const PLAIN = /^(\d{2})(\d{2})(\d{4})$/;

/** "29.2.1988" or "29021988" as "1988-02-29"; null for what is no day. */
export function isoDay(typed: string): string | null {
  const [, day = "", month = "", year = ""] = TYPED.exec(typed.trim()) ?? PLAIN.exec(typed.trim()) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

/** "1988-02-29" as "29.02.1988"; anything else as it is. */
export function germanDay(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return year && month && day ? `${day}.${month}.${year}` : iso;
}
