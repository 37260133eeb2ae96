/** Dates, times, amounts, durations and lists as design rules want them per language; always Berlin time, always Latin digits. */
import { useMemo } from "react";
import { useLanguage } from "./language";
import { LANGUAGE_FACTS, type Language } from "./languages";
import { useT, type Translate } from "./text";

const ZONE = "Europe/Berlin";
/** Direction marks that `Intl` adds in Arabic: the page isolates with elements instead. */
const MARKS = /[\u200e\u200f\u061c]/g;

export interface Format {
  /** "Dienstag, 24. November 2026"; takes "2026-11-24" or a full time. */
  date: (value: string) => string;
  /** "24. November 2026". */
  day: (value: string) => string;
  /** "24.11.2026", in Arabic beside the name of the month. */
  numericDate: (value: string) => string;
  /** "09:40" alone, for lists of times and for texts that bring their own word; takes a full time or "09:40". */
  clock: (value: string) => string;
  /** "09:40 Uhr", "saat 09:40": with the word the language needs. */
  time: (value: string) => string;
  /** "heute", "morgen" or the full date, counted in Berlin. */
  dateNear: (value: string, now?: Date) => string;
  /** "morgen, 09:40 Uhr": the day as `dateNear`, the time with its word. */
  moment: (value: string, now?: Date) => string;
  /** Cents to "46,00 €"; in Leichte Sprache "46 Euro". */
  amount: (cents: number) => string;
  /** Minutes to "15 Minuten", "1 Stunde, 30 Minuten". */
  duration: (minutes: number) => string;
  /** 1 = Monday … 7 = Sunday. */
  weekday: (number: number) => string;
  list: (items: readonly string[]) => string;
  number: (value: number) => string;
}

/** A plain date is the whole day in Berlin: noon keeps it there in every zone and clock change. */
function toDate(value: string): Date {
  return new Date(value.length === 10 ? `${value}T12:00:00Z` : value);
}

/** Calendar day in Berlin as "2026-11-24". */
export function berlinDay(value: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(value);
}

function amountOf(cents: number, language: Language, t: Translate): string {
  const { locale } = LANGUAGE_FACTS[language];
  if (language !== "de-simple") {
    const style = { style: "currency", currency: "EUR", currencyDisplay: "narrowSymbol" } as const;
    return new Intl.NumberFormat(locale, style).format(cents / 100).replace(MARKS, "");
  }
  const euros = Math.trunc(cents / 100);
  const rest = cents % 100;
  const words = { style: "currency", currency: "EUR", currencyDisplay: "name", maximumFractionDigits: 0 } as const;
  const whole = new Intl.NumberFormat(locale, words).format(euros);
  const parts = t("common.unit.cents", { count: rest });
  if (!rest) return whole;
  return euros ? new Intl.ListFormat(locale, { type: "conjunction" }).format([whole, parts]) : parts;
}

/** All formats of one language. */
export function createFormat(language: Language, t: Translate): Format {
  const { locale } = LANGUAGE_FACTS[language];
  const simple = language === "de-simple";
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    return (value: string) => format.format(toDate(value)).replace(MARKS, "");
  };
  const unit = (name: "hour" | "minute", value: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const date = dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const clock = dates({ hour: simple ? "numeric" : "2-digit", minute: "2-digit", hourCycle: "h23" });
  const clockOf = (value: string) => (value.length > 5 ? clock(value) : simple ? value.replace(/^0/, "") : value);
  const time = (value: string) => t("common.time", { time: clockOf(value) });
  const dateNear = (value: string, now = new Date()) => {
    const day = value.length === 10 ? value : berlinDay(toDate(value));
    const ahead = Math.round((Date.parse(day) - Date.parse(berlinDay(now))) / 86_400_000);
    return ahead === 0 || ahead === 1 ? relative.format(ahead, "day") : date(value);
  };
  const weekdayName = dates({ weekday: "long" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    date,
    day: dates({ day: "numeric", month: "long", year: "numeric" }),
    numericDate: dates({ day: "numeric", month: "numeric", year: "numeric" }),
    clock: clockOf,
    time,
    dateNear,
    moment: (value, now) => t("common.moment", { date: dateNear(value, now), time: time(value) }),
    amount: (cents) => amountOf(cents, language, t),
    duration: (minutes) => {
      const hours = Math.trunc(minutes / 60);
      const parts = [hours ? unit("hour", hours) : "", minutes % 60 || !hours ? unit("minute", minutes % 60) : ""];
      return new Intl.ListFormat(locale, { type: "unit" }).format(parts.filter(Boolean));
    },
    // 1 January 2024 was a Monday.
    weekday: (number) => weekdayName(`2024-01-0${number}`),
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };
}

export function useFormat(): Format {
  const language = useLanguage();
  const t = useT();
  return useMemo(() => createFormat(language, t), [language, t]);
}
