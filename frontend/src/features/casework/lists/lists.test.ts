import { describe, expect, test } from "vitest";
import type { CaseLine, CasePage } from "../types";
import { ageOf } from "./age";
import { addressOf, currentOf, NOTHING, placeOf, queryOf, typedOf, type View } from "./filters";
import { newsOf } from "./news";
import { pressed, sortsIn } from "./sorting";
import { soughtOf } from "./sought";
import { seenLast, turned } from "./usePicked";

const LINE: CaseLine = {
  reference: "K7M-3DX-9PC",
  service: "gewerbe",
  title: { text: "Gewerbe anmelden", lang: "de" },
  office: "hb-mitte",
  name: "Ayşe Örnek",
  language: "tr",
  state: "received",
  waiting_for: null,
  received_at: "2026-11-12T09:00:00Z",
  age_days: 11,
  promise_on: "2026-12-03",
  due_on: null,
  urgency: "later",
  assigned_to: null,
  assigned_name: null,
  team: null,
  labels: [],
  escalated: false,
  revision: 1,
};

describe("the age of a case", () => {
  const today = "2026-11-23";
  test.each([
    [{ promise_on: "2026-12-03" }, { left: 10, used: 11 / 21, look: "calm" }],
    [
      { promise_on: "2026-11-23", urgency: "soon" },
      { left: 0, used: 1, look: "soon" },
    ],
    [
      { promise_on: "2026-11-19", urgency: "overdue" },
      { left: -4, used: 1, look: "late" },
    ],
    [
      { promise_on: "2026-12-03", due_on: "2026-11-25", urgency: "soon" },
      { left: 2, look: "soon" },
    ],
    [{ promise_on: null }, { left: null, used: null, look: "calm" }],
    [
      { promise_on: "2026-11-19", urgency: "none" },
      { left: null, used: null, look: "calm" },
    ],
  ] satisfies [Partial<CaseLine>, object][])("%o", (given, wanted) => {
    expect(ageOf({ ...LINE, ...given }, today)).toMatchObject({ days: 11, ...wanted });
  });
});

describe("filters and the address", () => {
  test("nothing chosen is the bare address and all open cases", () => {
    expect(addressOf({ typed: NOTHING })).toBe("/");
    expect(queryOf(placeOf(""))).toEqual({ scope: "open", sort: "due" });
  });

  test("what was chosen comes back from the address", () => {
    const typed = { ...NOTHING, dienst: "gewerbe", stand: "decided_granted", zu: "me", alter: "3", gefahr: "1" };
    const place = placeOf(addressOf({ typed, sort: "-received", after: "abc", page: 2 }).slice(2));
    expect(place).toEqual({ typed, sort: "-received", after: "abc", page: 2 });
    expect(queryOf(place)).toEqual({
      scope: "ended",
      states: ["decided_granted"],
      sort: "-received",
      services: ["gewerbe"],
      assigned: "me",
      older_than_days: 3,
      at_risk: true,
    });
  });

  test.each(["?frist=never&sprache=xx&wartet=godot&alter=-1&zu=root&sort=reference", "?alter=4.5&stand=secret"])(
    "what nobody knows in %s is no filter",
    (search) => expect(queryOf(placeOf(search))).toEqual({ scope: "open", sort: "due" }),
  );

  test("a saved view is the form that made it", () => {
    const typed = { ...NOTHING, stand: "ended", frist: "soon", sprache: "tr", wartet: "citizen", eskaliert: "1" };
    expect(typedOf(queryOf({ typed, sort: "due" }))).toEqual(typed);
    expect(typedOf(queryOf({ typed: NOTHING, sort: "due" }))).toEqual(NOTHING);
  });
});

describe("what a search asks", () => {
  test.each([
    ["K7M-3DX-9PC", "", { reference: "K7M-3DX-9PC" }],
    ["k7m 3dx 9pc", "", { reference: "k7m 3dx 9pc" }],
    ["abc-def-ghj", "", { reference: "abc-def-ghj" }],
    ["abc-\u2060def-\u2060ghj", "", { reference: "abc-def-ghj" }],
    ["Christian", "", { name: "Christian" }],
    [" Müller ", "1988-02-29", { name: "Müller", birth_date: "1988-02-29" }],
    ["", "1988-02-29", "text"],
    ["K7M-3DX-9PC", "1988-02-29", "name"],
    ["Müller", "29.02.1987", "date"],
  ])("%s %s", (text, born, wanted) => expect(soughtOf(text, born)).toEqual(wanted));
});

test("news are what the screen does not show", () => {
  const page = (items: CaseLine[]): CasePage => ({ items, next: null, count: 9, count_is_exact: true, sort: "due" });
  const other = { ...LINE, reference: "XAC-MFT-7EJ" };
  expect(newsOf(page([LINE]), page([LINE]))).toEqual({ added: 0, changed: 0 });
  expect(newsOf(page([LINE]), page([other, LINE]))).toEqual({ added: 1, changed: 0 });
  expect(newsOf(page([LINE, other]), page([{ ...LINE, revision: 2 }]))).toEqual({ added: 0, changed: 2 });
});

describe("the order of a list", () => {
  test("a press on a column sorts by it, the next ones turn it round", () => {
    expect(pressed("name", "due")).toBe("name");
    expect(pressed("name", "name")).toBe("-name");
    expect(pressed("name", "-name")).toBe("name");
    expect(pressed("due", "-due")).toBe("due");
    expect(pressed("received", "name")).toBe("-received");
    expect(pressed("received", "-received")).toBe("received");
  });

  test("stands in the address and goes with the page, which is of another order", () => {
    expect(placeOf("sort=-assigned").sort).toBe("-assigned");
    expect(addressOf({ typed: NOTHING, sort: "-assigned" })).toBe("/?sort=-assigned");
    expect(queryOf(placeOf("sort=-state"))).toEqual({ scope: "open", sort: "-state" });
  });

  test("ended cases are sorted by everything but the day on which they are due", () => {
    expect(sortsIn("open")).toContain("-due");
    expect(sortsIn("ended")).toEqual(sortsIn("open").filter((sort) => !sort.includes("due")));
  });

  test("the view with this very order is the current one, else the first with these filters", () => {
    const mine = { ...NOTHING, zu: "me" };
    const views: View[] = [
      { typed: NOTHING, sort: "due" },
      { typed: mine, sort: "due" },
      { typed: NOTHING, sort: "name" },
    ];
    expect(currentOf(views, { typed: NOTHING, sort: "name" })).toBe(2);
    expect(currentOf(views, { typed: NOTHING, sort: "state" })).toBe(0);
    expect(currentOf(views, { typed: mine, sort: "-name" })).toBe(1);
    expect(currentOf(views, { typed: { ...mine, stand: "ended" }, sort: "due" })).toBe(-1);
  });
});

test("chosen cases stay chosen on other pages, and are taken as they were seen last", () => {
  const other = { ...LINE, reference: "XAC-MFT-7EJ" };
  const both = turned(turned(new Map(), [LINE], true), [other], true);
  const newer = { ...LINE, revision: LINE.revision + 1 };
  expect([...seenLast(both, [newer]).values()]).toEqual([newer, other]);
  expect([...turned(both, [LINE], false).keys()]).toEqual([other.reference]);
});
