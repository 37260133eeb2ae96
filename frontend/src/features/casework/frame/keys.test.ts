import { expect, test, vi } from "vitest";
import { actOf, CASE_KEYS, LIST_KEYS } from "./keys";

test("a pressed key leads to the act of its name, large or small; other keys to none", () => {
  const acts = { next: vi.fn(), take: vi.fn(), request: vi.fn(), decide: vi.fn(), note: vi.fn() };
  expect(actOf(CASE_KEYS, acts, "e")).toBe(acts.decide);
  expect(actOf(CASE_KEYS, acts, "Z")).toBe(acts.note);
  for (const other of ["decide", "y", "Enter", "toString"]) expect(actOf(CASE_KEYS, acts, other)).toBeUndefined();
});

test.each([LIST_KEYS, CASE_KEYS])("no key means two things on one page", (keys) => {
  expect(new Set(Object.values(keys)).size).toBe(Object.keys(keys).length);
  for (const key of Object.values(keys)) expect(key).toMatch(/^[a-z]$/);
});
