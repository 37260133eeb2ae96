import { expect, test } from "vitest";
import { monthName, wantedOf } from "./retention";

test("a month and a service in the address are one list, anything else is all months", () => {
  expect(wantedOf("monat=2026-12&dienst=gewerbe")).toEqual({ month: "2026-12", service: "gewerbe" });
  for (const other of ["", "monat=2026-13&dienst=gewerbe", "monat=2026-12", "monat=2026-12&dienst=../x"])
    expect(wantedOf(other)).toBeNull();
});

test("a month by its German name, in every time zone the same", () => {
  expect(monthName("2026-12")).toBe("Dezember 2026");
  expect(monthName("2027-01")).toBe("Januar 2027");
});
