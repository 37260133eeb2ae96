import { describe, expect, test } from "vitest";
import { speak } from "../testing/words";
import { createFormat } from "./format";
import { LANGUAGES, type Language } from "./languages";

const SLOT = "2026-11-24T09:40:00+01:00";
const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

/** The table of the wording guide. */
const TABLE: Record<Language, { date: string; time: string; amount: string; minutes: string }> = {
  de: { date: "Dienstag, 24. November 2026", time: "09:40 Uhr", amount: "46,00 €", minutes: "15 Minuten" },
  "de-simple": { date: "Dienstag, 24. November 2026", time: "9:40 Uhr", amount: "46 Euro", minutes: "15 Minuten" },
  en: { date: "Tuesday, 24 November 2026", time: "09:40", amount: "€46.00", minutes: "15 minutes" },
  tr: { date: "24 Kasım 2026 Salı", time: "saat 09:40", amount: "€46,00", minutes: "15 dakika" },
  ar: { date: "الثلاثاء، 24 نوفمبر 2026", time: "الساعة 09:40", amount: "46.00 €", minutes: "15 دقيقة" },
  uk: { date: "вівторок, 24 листопада 2026 р.", time: "09:40", amount: "46,00 €", minutes: "15 хвилин" },
};

describe.each(LANGUAGES)("%s", (language) => {
  test("writes date, time, amount and duration as the wording guide says", async () => {
    const format = createFormat(language, await speak(language));
    const row = TABLE[language];
    expect(spaces(format.date(SLOT))).toBe(row.date);
    expect(spaces(format.time(SLOT))).toBe(row.time);
    expect(spaces(format.amount(4600))).toBe(row.amount);
    expect(spaces(format.duration(15))).toBe(row.minutes);
  });

  test("keeps Latin digits and no direction marks", async () => {
    const format = createFormat(language, await speak(language));
    const all = [format.date(SLOT), format.moment(SLOT), format.amount(2760), format.numericDate(SLOT)].join(" ");
    expect(all).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u061c]/);
  });
});

describe("times in Berlin", () => {
  test.each([
    ["2026-10-25T00:30:00Z", "02:30"], // the first 02:30 of the long night
    ["2026-10-25T01:30:00Z", "02:30"], // the second one
    ["2026-03-29T01:30:00Z", "03:30"], // 02:30 does not exist in the short night
  ])("%s is shown as %s", async (instant, shown) => {
    expect(createFormat("de", await speak("de")).clock(instant)).toBe(shown);
  });

  test("names today and tomorrow by the calendar of Berlin, not of the device", async () => {
    const format = createFormat("de", await speak("de"));
    const lateEvening = new Date("2026-11-22T23:30:00Z"); // already the 23rd in Berlin
    expect(format.dateNear("2026-11-23T09:00:00+01:00", lateEvening)).toBe("heute");
    expect(format.dateNear("2026-11-24T09:00:00+01:00", lateEvening)).toBe("morgen");
    expect(format.dateNear("2026-11-25T09:00:00+01:00", lateEvening)).toBe("Mittwoch, 25. November 2026");
  });
});

test("Leichte Sprache names cents only where there are any", async () => {
  const format = createFormat("de-simple", await speak("de-simple"));
  expect(spaces(format.amount(1150))).toBe("11 Euro und 50 Cent");
  expect(spaces(format.amount(50))).toBe("50 Cent");
  expect(format.clock("07:30")).toBe("7:30");
});

test("weekdays start with Monday", async () => {
  const format = createFormat("de", await speak("de"));
  expect([1, 7].map(format.weekday)).toEqual(["Montag", "Sonntag"]);
});
