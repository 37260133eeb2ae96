import { expect, test } from "vitest";
import { countdownStep, timeLeft } from "./countdown";

test("time left follows the server's clock and never goes below zero", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  expect(timeLeft("2026-11-23T10:02:00Z", now)).toBe(120_000);
  expect(timeLeft("2026-11-23T10:02:00Z", now, 60_000)).toBe(60_000);
  expect(timeLeft("2026-11-23T09:00:00Z", now)).toBe(0);
  expect(timeLeft("never", now)).toBe(0);
});

test.each([
  [120_000, { unit: "minute", value: 2 }],
  [61_000, { unit: "minute", value: 2 }],
  [60_000, { unit: "second", value: 60 }],
  [44_000, { unit: "second", value: 45 }],
  [100, { unit: "second", value: 15 }],
])("%i ms are spoken in steps", (left, step) => expect(countdownStep(left)).toEqual(step));
