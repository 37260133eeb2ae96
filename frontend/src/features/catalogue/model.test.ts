import { expect, test } from "vitest";
import type { Availability, ServiceSummary, ServiceWay } from "../../api/types";
import { firstPerOffice, groupByLetter, hoursByWeekday, mainWay, orderWays } from "./model";

const text = (value: string) => ({ text: value, lang: "de" as const });
const service = (name: string): ServiceSummary => ({
  slug: name,
  name: text(name),
  summary: text(""),
  leika: null,
  authorities: [],
  channels: [],
  life_situation: "x",
  short_concern: false,
  bookable: true,
});
const way = (kind: ServiceWay["kind"], possible: boolean, url: string | null = null, form: string | null = null) => ({
  kind,
  possible,
  url,
  form,
  authority: null,
  text: text(""),
  phone: null,
});

test("umlauts are sorted and grouped with their letter", () => {
  const groups = groupByLetter(["Zulassung", "Öffnung", "Ofen", "Ort"].map(service), "de-DE");
  expect(groups.map(([letter, inside]) => [letter, inside.map(({ slug }) => slug)])).toEqual([
    ["O", ["Ofen", "Öffnung", "Ort"]],
    ["Z", ["Zulassung"]],
  ]);
});

test("each office shows its first time, the earliest office first, also across the clock change", () => {
  const slot = (office: string, starts_at: string) => ({ office, starts_at, ends_at: starts_at });
  const availability: Availability = {
    searched_until: "2026-10-26",
    first: [],
    days: [
      { date: "2026-10-25", slots: [slot("b", "2026-10-25T02:10:00+01:00"), slot("a", "2026-10-25T02:40:00+02:00")] },
      { date: "2026-10-26", slots: [slot("a", "2026-10-26T08:00:00+01:00")] },
    ],
  };
  expect(firstPerOffice(availability).map(({ office, starts_at }) => [office, starts_at])).toEqual([
    ["a", "2026-10-25T02:40:00+02:00"],
    ["b", "2026-10-25T02:10:00+01:00"],
  ]);
});

test("impossible ways come last, and only a way with an action is the main one", () => {
  const ways = orderWays([way("online", false), way("post", true), way("appointment", true)]);
  expect(ways.map(({ kind }) => kind)).toEqual(["post", "appointment", "online"]);
  expect(mainWay(ways, true)?.kind).toBe("appointment");
  expect(mainWay(ways, false)).toBeUndefined();
  expect(mainWay([way("link_out", true, "https://example.org"), ...ways], true)?.kind).toBe("link_out");
  expect(mainWay([way("online", true, null, "gewerbe"), ...ways], true)?.form).toBe("gewerbe");
});

test("days without opening are absent, two periods share a day", () => {
  const period = (weekday: number, opens: string) => ({ kind: "open" as const, weekday, opens, closes: "18:00" });
  const days = hoursByWeekday([period(4, "08:00"), period(1, "08:00"), period(4, "14:00")]);
  expect(days.map(([weekday, periods]) => [weekday, periods.length])).toEqual([
    [1, 1],
    [4, 2],
  ]);
});
