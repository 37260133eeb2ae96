import { beforeEach, describe, expect, it } from "vitest";
import { loadTyped, saveTyped } from "../../../../lib/typed";
import type { Form } from "../../../applications/engine/form";
import type { Case } from "../../types";
import { dayAfter, isLater } from "./days";
import {
  askingBody,
  centsOf,
  decidingBody,
  feeIsOpen,
  missingOfAsking,
  missingOfDeciding,
  NOTHING_ASKED,
  UNDECIDED,
} from "./filling";
import { answersOf, nodeAt, pathOf, placedAt } from "./correcting";
import { restored } from "./kept";
import { correctable, placesOf } from "./places";
import { secondPerson, standingOf, stepsOf } from "./standing";
import { missingOf } from "./useFaults";

const TODAY = "2026-11-20";

type Field = Case["pages"][number]["fields"][number];
const field = (pointer: string, type: string, more: Partial<Field> = {}): Field =>
  ({ pointer, label: `Label ${pointer}`, type, value: null, locked: false, files: [], ...more }) as Field;
const pages = (...fields: Field[]): Case["pages"] => [
  { page: "one", title: { text: "Person", lang: "de" }, fields } as Case["pages"][number],
];

const standing = (state: string, requests: string[] = [], proposal: string | null = null) =>
  standingOf({
    line: { state },
    requests: requests.map((each) => ({ state: each })),
    proposal: proposal && { state: proposal },
  } as Case);

describe("where a case stands", () => {
  it("goes by the decision on its way, then the end, then what was asked", () => {
    expect(standing("in_review", [], "waiting")).toBe("waiting");
    expect(standing("in_review", [], "leaving")).toBe("leaving");
    expect(standing("in_review", [], "returned")).toBe("free");
    expect(standing("decided_granted", [], "left")).toBe("ended");
    expect(standing("withdrawn")).toBe("ended");
    expect(standing("waiting_for_citizen", ["cancelled", "open"])).toBe("asked");
    expect(standing("received", ["answered"])).toBe("free");
  });

  it("offers only what this person may do now", () => {
    const can = { propose: false, request: true } as Case["can"];
    expect(stepsOf({ can })).toEqual(["request"]);
    expect(stepsOf({ can: { ...can, propose: true } })).toEqual(["request", "granted", "partly", "refused", "closed"]);
    expect(stepsOf({ can: { ...can, request: false } })).toEqual([]);
    expect(stepsOf({ can: { ...can, request: false, lapse: true } })).toEqual(["closed"]);
  });

  it("knows when a second person has to agree", () => {
    expect(secondPerson("on_refusal", "granted", 0)).toBe("no");
    expect(secondPerson("on_refusal", "partly", 0)).toBe("yes");
    expect(secondPerson("always", "granted", 0)).toBe("yes");
    expect(secondPerson("never", "refused", null)).toBe("no");
    expect(secondPerson({ above_fee_cents: 5000 }, "granted", 5001)).toBe("yes");
    expect(secondPerson({ above_fee_cents: 5000 }, "granted", 5000)).toBe("no");
    expect(secondPerson({ above_fee_cents: 5000 }, "granted", null)).toBe("maybe");
    expect(secondPerson({ random_percent: 10 }, "refused", 0)).toBe("maybe");
    expect(secondPerson(null, "granted", 0)).toBe("maybe");
  });
});

describe("what can be asked for", () => {
  const item = {
    pages: pages(
      field("/name", "text"),
      field("/children/0/name", "text"),
      field("/children/1/name", "text"),
      field("/paper", "file"),
      field("/true", "declaration"),
      field("/birth", "date", { locked: true }),
    ),
  };

  it("names every field and slot once, entries of a group as the group", () => {
    const { slots, pages: found } = placesOf(item);
    expect(slots).toEqual([{ name: "paper", label: "Label /paper" }]);
    expect(found[0]?.fields.map(({ name }) => name)).toEqual(["name", "children", "true", "birth"]);
    expect(found[0]?.fields[1]?.label).toBe("Person");
  });

  it("corrects no files, no declarations and nothing that the account vouches for", () => {
    const found = correctable(item, (pointer) => pointer === "/children/1/name");
    expect(found.flatMap(({ fields }) => fields.map(({ pointer }) => pointer))).toEqual(["/name", "/children/0/name"]);
    expect(correctable(item, () => true)).toEqual([]);
  });
});

describe("days to answer by", () => {
  it("are moved off the weekend", () => {
    expect(dayAfter(TODAY, 14)).toBe("2026-12-04");
    expect(dayAfter("2026-11-21", 14)).toBe("2026-12-07");
    expect(dayAfter("2026-11-22", 28)).toBe("2026-12-21");
  });

  it("lie after today and exist", () => {
    expect(isLater("2026-11-21", TODAY)).toBe(true);
    expect(isLater(TODAY, TODAY)).toBe(false);
    expect(isLater("2027-02-30", TODAY)).toBe(false);
    expect(isLater("", TODAY)).toBe(false);
  });
});

describe("a request", () => {
  const typed = { ...NOTHING_ASKED, fields: ["name"], text: " Bitte genauer. " };

  it("needs a place, words and a day", () => {
    expect(missingOfAsking({ ...NOTHING_ASKED, span: "other" }, TODAY).map(({ code }) => code)).toEqual([
      "places",
      "ask",
      "day",
    ]);
    expect(missingOfAsking(typed, TODAY)).toEqual([]);
    expect(missingOfAsking({ ...typed, text: "", blocks: ["unreadable"] }, TODAY)).toEqual([]);
  });

  it("sends only blocks that are known, and a translation only when somebody confirmed it", () => {
    const known = new Set(["unreadable"]);
    const body = askingBody({ ...typed, blocks: ["gone", "unreadable"], translation: "Lütfen" }, known, TODAY);
    expect(body).toEqual({
      fields: ["name"],
      files: [],
      reason: "Bitte genauer.",
      blocks: ["unreadable"],
      translation: null,
      due_on: "2026-12-04",
    });
    expect(missingOfAsking({ ...typed, translation: "Lütfen" }, TODAY).map(({ code }) => code)).toEqual(["confirm"]);
    const confirmed = askingBody({ ...typed, translation: "Lütfen", confirmed: true }, known, TODAY);
    expect(confirmed.translation).toEqual({ text: "Lütfen", confirmed: true });
  });
});

describe("a decision", () => {
  it("needs reasons unless it grants, and an amount that can be read", () => {
    expect(missingOfDeciding(UNDECIDED, "granted", true)).toEqual([]);
    expect(missingOfDeciding(UNDECIDED, "partly", true).map(({ code }) => code)).toEqual(["reason"]);
    expect(missingOfDeciding({ ...UNDECIDED, blocks: ["late"] }, "refused", false)).toEqual([]);
    expect(missingOfDeciding({ ...UNDECIDED, fee: "viel" }, "granted", true).map(({ code }) => code)).toEqual(["fee"]);
    expect(missingOfDeciding({ ...UNDECIDED, fee: "viel", text: "Nein." }, "refused", false)).toEqual([]);
  });

  it("tells a fee only where nobody knows it and something is granted", () => {
    const typed = { ...UNDECIDED, fee: "12,50 €", text: "Weil." };
    expect(decidingBody(typed, "granted", new Set(), true).fee_cents).toBe(1250);
    expect(decidingBody(typed, "granted", new Set(), false).fee_cents).toBeNull();
    const open = { fee_cents: null, evaluation: { fee: { cents: null, unknown: true } } };
    expect(feeIsOpen(open, "partly")).toBe(true);
    expect(feeIsOpen(open, "refused")).toBe(false);
    expect(feeIsOpen({ ...open, fee_cents: 0 }, "granted")).toBe(false);
    expect(feeIsOpen({ ...open, evaluation: { fee: { cents: 0, unknown: false } } }, "granted")).toBe(false);
    expect(centsOf("1 200")).toBe(120_000);
    expect(centsOf("-3")).toBeNull();
  });
});

describe("typed words", () => {
  beforeEach(() => window.sessionStorage.clear());

  it("come back in their shape; what no longer fits is left out", () => {
    saveTyped("staff.me.ref.request", { text: "halb", fields: ["name"], span: 3, other: "x" });
    expect(restored(NOTHING_ASKED, loadTyped("staff.me.ref.request"))).toMatchObject({
      text: "halb",
      fields: ["name"],
      span: "14",
    });
    expect(restored(NOTHING_ASKED, null)).toEqual(NOTHING_ASKED);
    expect(window.localStorage.length).toBe(0);
  });
});

describe("faults that the server found", () => {
  it("stand at their fields, each once", () => {
    const errors = ["/fields/0", "/fields/name", "/due_on", "/elsewhere"].map((pointer) => ({
      pointer,
      code: "x",
      params: {},
    }));
    expect(missingOf(errors).map(({ field: where }) => where)).toEqual(["places", "day"]);
    expect(missingOf([{ pointer: "/value", code: "unchanged", params: {} }])).toEqual([
      { field: "value", code: "unchanged" },
    ]);
  });
});

describe("a correction", () => {
  const item = {
    pages: pages(field("/children/0/name", "text", { value: "Ada" }), field("/city", "text", { value: "Bremen" })),
  };

  it("knows the answers as the form does", () => {
    expect(pathOf("/children/0/name")).toEqual(["children", 0, "name"]);
    expect(answersOf(item)).toEqual({ children: [{ name: "Ada" }], city: "Bremen" });
  });

  it("finds the field of the form, also inside entries", () => {
    const name = { type: "string", "x-type": "text" };
    const children = { type: "array", "x-type": "group", items: { properties: { name } } };
    const form = { schema: { properties: { children } } } as unknown as Form;
    expect(nodeAt(form, ["children", 0, "name"])).toBe(name);
    expect(nodeAt(form, ["elsewhere"])).toBeNull();
  });

  it("puts faults of the server at the field", () => {
    const errors = ["/value/postcode", "/answers/kind"].map((pointer) => ({ pointer, code: "x", params: {} }));
    expect(placedAt("/home", errors).map(({ pointer }) => pointer)).toEqual(["/home/postcode", "/kind"]);
  });
});
