import { expect, test } from "vitest";
import { createFormat } from "../../../../i18n/format";
import { speakStaff } from "../../../../testing/words";
import type { Case, CaseLine } from "../../types";
import { blocksOf, entriesOf, lastChanges, otherFiles, type Field } from "./answers";
import { bySection, type Rule } from "./rules";
import { daysUntil, feeText, isOpen, METHODS, momentText, promiseText, wordOf } from "./words";
import { keyMeaning, stepped, widthFor, ZOOMS } from "./zoom";

const t = speakStaff();
const format = createFormat("de", t);
const NOW = new Date("2026-11-23T22:30:00Z"); // half past eleven at night in Berlin

test("days are counted in Berlin, also close to midnight", () => {
  expect(daysUntil("2026-11-23", NOW)).toBe(0);
  expect(daysUntil("2026-11-24", NOW)).toBe(1);
  expect(daysUntil("2026-11-23", new Date("2026-11-23T23:30:00Z"))).toBe(-1);
});

test("a promise says how long there is, or why there is no date", () => {
  const line = (more: Partial<CaseLine>) => ({ promise_on: null, waiting_for: null, ...more }) as CaseLine;
  expect(promiseText(line({ promise_on: "2026-12-11" }), t, format, NOW)).toBe("11.12.2026, noch 18 Tage");
  expect(promiseText(line({ promise_on: "2026-11-23" }), t, format, NOW)).toBe("23.11.2026, heute");
  expect(promiseText(line({ promise_on: "2026-11-22" }), t, format, NOW)).toBe("22.11.2026, seit 1 Tag vorbei");
  expect(promiseText(line({ waiting_for: "citizen" }), t, format, NOW)).toContain("ruht");
  expect(promiseText(line({}), t, format, NOW)).toBe("kein Datum");
});

test("a fee is told with its payment; unknown is not nothing", () => {
  const item = (fee_cents: number | null, payment: string | null) => ({ fee_cents, payment }) as Case;
  expect(feeText(item(7500, "booked"), t, format)).toBe("75,00\u00a0€, bezahlt");
  expect(feeText(item(null, null), t, format)).toBe("noch nicht festgesetzt");
  expect(feeText(item(0, null), t, format)).toBe("keine");
});

test("moments and codes", () => {
  expect(momentText("2026-11-20T13:32:00Z", t, format)).toBe("20.11.2026, 14:32");
  expect(wordOf(METHODS, "eid", t)).toBe("Online-Ausweis");
  expect(wordOf(METHODS, "toString", t)).toBe("toString");
});

test("the newest change of an answer counts", () => {
  const change = (pointer: string, after: string) => ({ pointer, label: pointer, before: null, after: [after] });
  const found = lastChanges([
    { version: 1, at: "a", by: "citizen", changes: [] },
    { version: 2, at: "b", by: "citizen", changes: [change("/plate", "HB-A 1"), change("/name", "Ana")] },
    { version: 3, at: "c", by: "office", changes: [change("/plate", "HB-A 2")] },
  ]);
  expect(found.get("/plate")).toMatchObject({ after: ["HB-A 2"], by: "office", at: "c" });
  expect(found.get("/name")).toMatchObject({ by: "citizen" });
  expect(found.has("/email")).toBe(false);
});

test("groups are counted, files without a place are not lost", () => {
  expect(entriesOf({ type: "group", value: [{}, {}] } as Field)).toBe(2);
  expect(entriesOf({ type: "group", value: null } as Field)).toBe(0);
  expect(entriesOf({ type: "text", value: "x" } as Field)).toBeNull();
  const item = {
    pages: [{ fields: [{ files: ["a"] }] }],
    attachments: [{ attachment_id: "a" }, { attachment_id: "b" }],
  } as unknown as Case;
  expect(otherFiles(item).map(({ attachment_id }) => attachment_id)).toEqual(["b"]);
});

test("the fields of each entry of a group stand together", () => {
  const pointers = ["/children", "/children/0/name", "/children/0/born", "/children/1/name", "/plate"];
  const found = blocksOf(pointers.map((pointer) => ({ pointer }) as Field));
  expect(found.map(({ entry, fields }) => [entry, fields.length])).toEqual([
    [null, 1],
    [1, 2],
    [2, 1],
    [null, 1],
  ]);
});

test("a case that is over keeps no promise", () => {
  expect(isOpen({ state: "waiting_for_citizen" })).toBe(true);
  expect(isOpen({ state: "decided_granted" })).toBe(false);
});

test("rules come in the order of asking, those that hit apart", () => {
  const rule = (section: Rule["section"], name: string, hit: boolean): Rule => ({
    section,
    rule: name,
    hit,
    text: null,
    cents: null,
    inputs: [],
  });
  const found = bySection([rule("decision", "clerk", true), rule("fee", "one", false), rule("fee", "two", true)]);
  expect(found.map(({ section }) => section)).toEqual(["fee", "decision"]);
  expect(found[0]?.hits.map((each) => each.rule)).toEqual(["two"]);
  expect(found[0]?.others.map((each) => each.rule)).toEqual(["one"]);
});

test("the viewer has fixed sizes and leaves the browser's own keys alone", () => {
  expect(stepped(100, "larger")).toBe(150);
  expect(stepped(ZOOMS[0], "smaller")).toBe(ZOOMS[0]);
  expect(stepped(300, "larger")).toBe(300);
  expect(widthFor(100)).toBeLessThan(widthFor(150));
  const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...more });
  expect(keyMeaning(key("PageDown"))).toBe("next");
  expect(keyMeaning(key("+"))).toBe("larger");
  expect(keyMeaning(key("+", { ctrlKey: true }))).toBeNull();
  expect(keyMeaning(key("a"))).toBeNull();
});
