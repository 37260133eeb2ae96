import { describe, expect, test } from "vitest";
import type { Node } from "./engine/form";
import {
  at,
  bookingAddress,
  centsOf,
  controlOf,
  joined,
  misfits,
  pageAddress,
  pointerOf,
  put,
  read,
  same,
  visitAsked,
  withFiles,
  withoutBody,
} from "./model";

const number: Node = { type: "integer", "x-type": "number" };
const money: Node = { type: "integer", "x-type": "money" };
const children: Node = {
  type: "array",
  "x-type": "group",
  items: { properties: { name: { type: "string", "x-type": "text" }, age: number } },
};
const fault = (pointer: string, code = "required") => ({ pointer, code, params: {} });

test("a visit is booked with the word of its application, and only asked for where the rules do", () => {
  const visit = { service: "nebenwohnung-anmelden", office: "hb-mitte", origin: "a.b", minutes: 15, documents: [] };
  expect(bookingAddress(visit)).toBe("/buchen/leistungen?service=nebenwohnung-anmelden:1&office=hb-mitte&origin=a.b");
  expect(bookingAddress({ ...visit, office: null })).not.toContain("office");
  const route = { office: "hb-mitte", rule: "x", text: null };
  expect(visitAsked({ visit, route: { ...route, way: "appointment" } })).toBe(true);
  expect(visitAsked({ visit, route: { ...route, way: "online" } })).toBe(false);
});

test("places have pointers, controls and addresses", () => {
  expect(pointerOf(["children", 0, "name"])).toBe("/children/0/name");
  expect(controlOf("/children/0/name")).toBe("f-children-0-name");
  expect(pageAddress("gewerbe", "d1", "child.2")).toBe("/antrag/gewerbe/d1/child.2");
  expect(pageAddress("gewerbe", "d1")).toBe("/antrag/gewerbe/d1");
});

describe("answers inside answers", () => {
  const answers = { children: [{ name: "Ada" }, { name: "Bo" }], home: { city: "Bremen" } };

  test("are read, also where nothing is", () => {
    expect(at(answers, ["children", 1, "name"])).toBe("Bo");
    expect(at(answers, ["children", 5, "name"])).toBeUndefined();
    expect(at(answers, ["home", 0])).toBeUndefined();
  });

  test("are put without touching the old ones", () => {
    const changed = put(answers, ["children", 1, "name"], "Cem");
    expect(at(changed, ["children", 1, "name"])).toBe("Cem");
    expect(at(changed, ["children", 0, "name"])).toBe("Ada");
    expect(answers.children[1]?.name).toBe("Bo");
    expect(put({}, ["home", "city"], "Bremen")).toEqual({ home: { city: "Bremen" } });
    expect(put("old", [], "new")).toBe("new");
    expect(put("old", [], undefined)).toBeNull();
  });
});

test.each([
  ["12,50", 1250],
  ["12.5", 1250],
  ["1 200", 120_000],
  ["7 €", 700],
  ["zwölf", null],
  ["1,234", null],
  ["-3", null],
])("%s is an amount of %s cents", (typed, cents) => expect(centsOf(typed)).toBe(cents));

describe("what was typed", () => {
  test("becomes what the schema wants", () => {
    expect(read(number, " 12 ")).toBe(12);
    expect(read(number, "")).toBeNull();
    expect(read(number, "drei")).toBe("drei");
    expect(read(money, "11,50")).toBe(1150);
    expect(read(children, [{ name: "Ada", age: "4" }])).toEqual([{ name: "Ada", age: 4 }]);
    expect(read(children, undefined)).toBeNull();
  });

  test("that is no number is named at its place", () => {
    expect(misfits(number, read(number, "drei"), "/count")).toEqual([fault("/count", "wrong_type")]);
    expect(misfits(number, read(number, "3"), "/count")).toEqual([]);
    expect(misfits(children, read(children, [{ age: "vier" }]), "/children")).toEqual([
      fault("/children/0/age", "wrong_type"),
    ]);
  });
});

test("faults of a refused body point into the answers", () => {
  expect(withoutBody([fault("/answers/kind"), fault("/answersheet")]).map(({ pointer }) => pointer)).toEqual([
    "/kind",
    "/answersheet",
  ]);
});

test("each place has one fault, the first that was found", () => {
  expect(joined([fault("/a", "wrong_type")], [fault("/a"), fault("/b")])).toEqual([
    fault("/a", "wrong_type"),
    fault("/b"),
  ]);
});

test.each([
  [undefined, "  ", true],
  [null, [], true],
  [{}, { city: "" }, true],
  [{ city: "Bremen", street: "" }, { city: "Bremen" }, true],
  [{ city: "Bremen" }, { city: "Bonn" }, false],
  [["a"], ["a", "b"], false],
  [false, undefined, false],
  [0, undefined, false],
])("%j and %j mean the same: %s", (one, other, alike) => expect(same(one, other)).toBe(alike));

test("files stand in the answers under their slots", () => {
  const files = [
    { slot: "proof", attachment_id: "1" },
    { slot: "proof", attachment_id: "2" },
    { slot: "other", attachment_id: "3" },
  ];
  expect(withFiles({ kind: "new" }, files)).toEqual({ kind: "new", proof: ["1", "2"], other: ["3"] });
});
