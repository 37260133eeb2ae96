import { beforeEach, expect, test } from "vitest";
import { clearTyped, loadTyped, saveTyped } from "./typed";

const NOON = Date.parse("2026-11-23T12:00:00Z");

beforeEach(() => window.sessionStorage.clear());

test("what was typed comes back until it is saved", () => {
  saveTyped("draft/vehicle", { plate: "HB-" }, NOON);
  expect(loadTyped("draft/vehicle", NOON + 60_000)).toEqual({ plate: "HB-" });
  expect(loadTyped("draft/home", NOON)).toBeNull();
  saveTyped("draft/vehicle", null);
  expect(loadTyped("draft/vehicle", NOON)).toBeNull();
});

test("it is forgotten after two hours and when somebody signs out", () => {
  saveTyped("draft/vehicle", { plate: "HB-" }, NOON);
  expect(loadTyped("draft/vehicle", NOON + 3 * 60 * 60_000)).toBeNull();
  saveTyped("draft/home", { city: "Bremen" }, NOON);
  window.sessionStorage.setItem("amtsweg.booking", "{}");
  clearTyped();
  expect(loadTyped("draft/home", NOON)).toBeNull();
  expect(window.sessionStorage.getItem("amtsweg.booking")).toBe("{}");
});

test("damaged storage is no typed answer", () => {
  window.sessionStorage.setItem("amtsweg.typed.x", "{");
  expect(loadTyped("x")).toBeNull();
  window.sessionStorage.setItem("amtsweg.typed.x", '{"typed":{"a":1}}');
  expect(loadTyped("x")).toBeNull();
});
