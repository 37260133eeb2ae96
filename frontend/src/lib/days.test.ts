import { expect, test } from "vitest";
import { germanDay, isoDay } from "./days";

test.each([
  ["29.02.1988", "1988-02-29"],
  ["1.3.2026", "2026-03-01"],
  [" 1. 3. 2026 ", "2026-03-01"],
  ["29021988", "1988-02-29"],
  ["29.02.1987", null],
  ["31.04.2026", null],
  ["1.3.26", null],
  ["1988-02-29", null],
  ["", null],
])("%s is the day %s", (typed, day) => expect(isoDay(typed)).toBe(day));

test("a day is written as people read it", () => {
  expect(germanDay("1988-02-29")).toBe("29.02.1988");
  expect(germanDay("")).toBe("");
});
