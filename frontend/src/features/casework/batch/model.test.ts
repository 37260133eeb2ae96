import { describe, expect, test } from "vitest";
import type { BatchResult, CaseLine } from "../types";
import {
  bodyOf,
  consequencesOf,
  languagesOf,
  missingOf,
  NOTHING_CHOSEN,
  oneService,
  placeOf,
  type Action,
  type Chosen,
} from "./model";

const TODAY = "2026-11-23";
const line = (reference: string, service = "gewerbe") => ({ reference, service, revision: 4 }) as CaseLine;

describe("what is missing", () => {
  test.each([
    ["assign", {}, null],
    ["label", { add: " , " }, "label"],
    ["label", { remove: "eilig" }, null],
    ["request", {}, "places"],
    ["request", { files: ["id"] }, "reason"],
    ["request", { files: ["id"], blocks: ["a"], due_on: TODAY }, "due"],
    ["request", { files: ["id"], blocks: ["a"], due_on: "9.12." }, "due"],
    ["request", { files: ["id"], blocks: ["a"], due_on: "2026-12-09" }, null],
    ["decide", {}, "outcome"],
    ["decide", { outcome: "refused" }, "reason"],
    ["decide", { outcome: "refused", reason: "Weil" }, null],
    ["decide", { outcome: "granted" }, null],
    [
      "decide",
      { outcome: "refused", reason: "Weil", translations: { tr: { text: "Çünkü", confirmed: false } } },
      "confirm",
    ],
    ["decide", { outcome: "refused", reason: "Weil", translations: { tr: { text: "Çünkü", confirmed: true } } }, null],
    ["decide", { outcome: "granted", translations: { tr: { text: "Çünkü", confirmed: false } } }, null],
  ] satisfies [Action, Partial<Chosen>, string | null][])("%s %o: %s", (action, chosen, missing) => {
    expect(missingOf(action, { ...NOTHING_CHOSEN, ...chosen }, TODAY)).toBe(missing);
  });
});

test("the request names the cases and what the list showed of them", () => {
  const body = bodyOf("label", [line("A"), line("B")], { ...NOTHING_CHOSEN, add: "eilig, Prüfung" }, true);
  expect(body).toEqual({
    action: "label",
    cases: ["A", "B"],
    seen: { A: 4, B: 4 },
    preview: true,
    add: ["eilig", "Prüfung"],
    remove: [],
  });
});

test("translations go with the text that they translate, those left empty do not", () => {
  const translations = { tr: { text: " Çünkü ", confirmed: true }, ar: { text: " ", confirmed: false } };
  const chosen: Chosen = { ...NOTHING_CHOSEN, outcome: "refused", reason: "Weil", translations };
  expect(bodyOf("decide", [line("A")], chosen, false).translations).toEqual([
    { language: "tr", text: "Çünkü", confirmed: true },
  ]);
  expect(bodyOf("decide", [line("A")], { ...chosen, reason: " " }, false).translations).toEqual([]);
});

test("a preview is told in numbers", () => {
  const would = [
    { second: "always", delivery: "post", translated: false },
    { second: null, delivery: "electronic", translated: null },
    { second: "random", delivery: "electronic", translated: true },
  ] as BatchResult["would"];
  expect(consequencesOf({ would })).toEqual({ second: 2, post: 1, german: 1 });
});

test("one service, or none", () => {
  expect(oneService([line("A"), line("B")])).toBe("gewerbe");
  expect(oneService([line("A"), line("B", "hundesteuer")])).toBeNull();
  expect(oneService([])).toBeNull();
});

test("languages of the cases, then those typed for others", () => {
  const languages = [
    { language: "de", cases: 2 },
    { language: "tr", cases: 1 },
  ];
  const typed = { tr: { text: "Çünkü", confirmed: true }, uk: { text: "", confirmed: false } };
  expect(languagesOf(languages, typed)).toEqual([
    { language: "tr", cases: 1 },
    { language: "uk", cases: 0 },
  ]);
  expect(languagesOf(null, { tr: typed.tr })).toEqual([{ language: "tr", cases: null }]);
});

test("words are kept apart by who typed them, service and act", () => {
  expect(placeOf("me", "request", [line("A")])).not.toBe(placeOf("me", "request", [line("A", "hundesteuer")]));
});
