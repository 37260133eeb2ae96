import { describe, expect, test, vi } from "vitest";
import { addDays, daysBetween, firstDay, groupDays, joinStretches, nextStretch, searchUntilFound } from "./days";
import type { Availability, Slot } from "./types";

const slot = (office: string, time: string, day = "2026-11-24"): Slot => ({
  office,
  starts_at: `${day}T${time}:00+01:00`,
  ends_at: `${day}T${time}:00+01:00`,
});

describe("groupDays", () => {
  test("groups by office, earliest office first, and counts all that can be reached", () => {
    const slots = [slot("nord", "09:30"), slot("mitte", "08:00"), slot("nord", "08:15"), slot("mitte", "10:00")];
    const [day] = groupDays([{ date: "2026-11-24", slots }]);
    expect(day?.reachable).toBe(4);
    expect(day?.offices.map(({ office }) => office)).toEqual(["mitte", "nord"]);
    expect(day?.offices[1]?.slots.map(({ starts_at }) => starts_at.slice(11, 16))).toEqual(["08:15", "09:30"]);
  });

  test("shows a repeated time once and an empty day not at all", () => {
    const days = groupDays([
      { date: "2026-11-24", slots: [slot("mitte", "08:00"), slot("mitte", "08:00")] },
      { date: "2026-11-25", slots: [] },
    ]);
    expect(days.map(({ date, reachable }) => [date, reachable])).toEqual([["2026-11-24", 1]]);
  });

  test("orders by instant in the night when the clock goes back", () => {
    const first = { ...slot("mitte", "02:30"), starts_at: "2026-10-25T02:30:00+02:00" };
    const second = { ...slot("mitte", "02:15"), starts_at: "2026-10-25T02:15:00+01:00" };
    const [day] = groupDays([{ date: "2026-10-25", slots: [second, first] }]);
    expect(day?.offices[0]?.slots).toEqual([first, second]);
  });
});

test("days are counted by the calendar, also across clock changes", () => {
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(daysBetween("2027-03-27", "2027-03-29")).toBe(2);
});

test("the next stretch ends with the horizon", () => {
  expect(nextStretch("2026-12-01", "2026-12-05")).toEqual({ from: "2026-12-02", days: 4 });
  expect(nextStretch("2026-12-05", "2026-12-05")).toBeNull();
});

test("a search never begins before today", () => {
  expect(firstDay("2026-11-01", "2026-11-22")).toBe("2026-11-22");
  expect(firstDay("2026-12-01", "2026-11-22")).toBe("2026-12-01");
  expect(firstDay(null, "2026-11-22")).toBe("2026-11-22");
});

const nothing = (searched_until: string): Availability => ({ searched_until, first: [], days: [] });
const something: Availability = {
  searched_until: "2027-02-20",
  first: [slot("mitte", "08:00")],
  days: [{ date: "2026-12-24", slots: [slot("mitte", "08:00")] }],
};

describe("searchUntilFound", () => {
  test("asks once when something is free soon", async () => {
    const ask = vi.fn().mockResolvedValueOnce(something);
    expect(await searchUntilFound(ask, "2026-12-20", "2027-02-20")).toBe(something);
    expect(ask.mock.calls).toEqual([["2026-12-20", 7]]);
  });

  test("goes straight to the earliest time when it is weeks away", async () => {
    const first = [slot("mitte", "08:00", "2027-01-11")];
    const around = { ...something, first, searched_until: "2027-01-17" };
    const ask = vi
      .fn()
      .mockResolvedValueOnce({ ...nothing("2026-11-28"), first })
      .mockResolvedValueOnce(around);
    expect(await searchUntilFound(ask, "2026-11-22", "2027-02-20")).toBe(around);
    expect(ask.mock.calls).toEqual([
      ["2026-11-22", 7],
      ["2027-01-11", 7],
    ]);
  });

  test("never asks beyond the horizon", async () => {
    const first = [slot("mitte", "08:00", "2027-02-19")];
    const ask = vi
      .fn()
      .mockResolvedValueOnce({ ...nothing("2026-11-28"), first })
      .mockResolvedValueOnce(something);
    await searchUntilFound(ask, "2026-11-22", "2027-02-20");
    expect(ask.mock.calls[1]).toEqual(["2027-02-19", 2]);
  });

  test("says that it looked up to the horizon when the server knows no time at all", async () => {
    const ask = vi.fn().mockResolvedValueOnce(nothing("2026-11-28"));
    expect((await searchUntilFound(ask, "2026-11-22", "2027-02-20")).searched_until).toBe("2027-02-20");
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

test("further days come behind the known ones, the five earliest stay", () => {
  const more: Availability = { ...something, first: [slot("nord", "07:00")], searched_until: "2027-03-01" };
  const joined = joinStretches(something, more);
  expect(joined.first).toBe(something.first);
  expect(joined.days).toHaveLength(2);
  expect(joined.searched_until).toBe("2027-03-01");
});
