import { describe, expect, test } from "vitest";
import {
  combinable,
  commonOffices,
  EMPTY,
  fitSelection,
  formatSelection,
  isDate,
  parseSelection,
  persons,
  stepAddress,
  type Selection,
} from "./model";
import type { Service } from "./types";

const FULL: Selection = {
  services: [
    { service: "personalausweis", quantity: 3 },
    { service: "wohnsitz-anmelden", quantity: 1 },
  ],
  offices: ["bsc-mitte", "bsc-nord"],
  needs: ["step_free", "large_room"],
  from: "2026-11-24",
  weekdays: [1, 5],
  part: "afternoon",
  origin: "ac7a27de.1d154f1c",
};

describe("the selection in the address", () => {
  test("comes back as it was written", () => {
    expect(parseSelection(formatSelection(FULL))).toEqual(FULL);
    expect(parseSelection(formatSelection(EMPTY))).toEqual(EMPTY);
  });

  test("keeps the colon readable", () => {
    expect(formatSelection(FULL)).toContain("service=personalausweis:3");
  });

  test.each([
    ["service=:1", []],
    ["service=reisepass:0", []],
    ["service=reisepass:10000", []],
    ["service=../etc:1", []],
    ["service=reisepass", [{ service: "reisepass", quantity: 1 }]],
    ["service=reisepass:2&service=reisepass:3", [{ service: "reisepass", quantity: 2 }]],
  ])("reads %s without failing", (query, services) => {
    expect(parseSelection(query).services).toEqual(services);
  });

  test("drops what it does not know", () => {
    const query = "need=lift&from=2026-02-30&weekday=8&weekday=x&part=night&origin=%3Cb%3E";
    expect(parseSelection(query)).toEqual(EMPTY);
  });

  test("is carried by the steps up to the time and by none after it", () => {
    expect(stepAddress("time", FULL)).toContain("/buchen/zeit?service=personalausweis:3");
    expect(stepAddress("data", FULL)).toBe("/buchen/daten");
    expect(stepAddress("done", FULL)).toBe("/buchen/fertig");
  });
});

test.each(["2028-02-29", "2026-12-31"])("%s is a date", (value) => expect(isDate(value)).toBe(true));
test.each(["2027-02-29", "2026-13-01", "24.11.2026", ""])("%s is none", (value) => expect(isDate(value)).toBe(false));

const service = (slug: string, combinable_with: string[], offices: string[]) =>
  ({
    slug,
    combinable_with,
    offices: offices.map((office) => ({ slug: office, bookable: office !== "closed" })),
  }) as Service;

test("only what all chosen services allow can be added", () => {
  const a = service("a", ["b", "c", "d"], []);
  const b = service("b", ["a", "c"], []);
  expect(combinable([a])).toEqual(["b", "c", "d"]);
  expect(combinable([a, b])).toEqual(["c"]);
  expect(combinable([])).toEqual([]);
});

test("only bookable offices that offer everything remain", () => {
  const a = service("a", [], ["mitte", "nord", "closed"]);
  const b = service("b", [], ["nord", "closed", "mitte"]);
  const c = service("c", [], ["nord"]);
  expect(commonOffices([a, b]).map(({ slug }) => slug)).toEqual(["mitte", "nord"]);
  expect(commonOffices([a, b, c]).map(({ slug }) => slug)).toEqual(["nord"]);
});

test("an old or edited address is cut down to what exists", () => {
  const services = [{ slug: "personalausweis", max_quantity: 2 }];
  const fitted = fitSelection(FULL, services, [{ slug: "bsc-nord" }], "2026-11-23");
  expect(fitted).toEqual({
    ...FULL,
    services: [{ service: "personalausweis", quantity: 2 }],
    offices: ["bsc-nord"],
    from: null,
  });
  expect(fitSelection(FULL, services, [], "2027-02-20").from).toBe("2026-11-24");
});

test("a family counts its largest group once", () => expect(persons(FULL.services)).toBe(3));
