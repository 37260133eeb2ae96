import { beforeEach, expect, test, vi } from "vitest";
import {
  emptyDraft,
  finishDraft,
  forgetIntent,
  intentKey,
  loadDraft,
  loadGuest,
  saveDraft,
  saveGuest,
  subscribeDraft,
} from "./storage";
import type { Hold } from "./types";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const hold: Hold = {
  hold_id: "7b0f",
  secret: "s",
  office: "bsc-mitte",
  starts_at: "2026-11-24T08:15:00+01:00",
  ends_at: "2026-11-24T08:30:00+01:00",
  expires_at: "2026-11-23T10:15:00Z",
  extensions_left: 10,
};

beforeEach(() => {
  window.sessionStorage.clear();
  finishDraft({ reference: "", secret: "", code: "", state: "booked" });
  saveDraft(emptyDraft());
});

test("what was typed is there after a reload", () => {
  saveDraft({ typed: { ...emptyDraft().typed, familyName: "O’Brien", email: "a@b.example" } });
  expect(loadDraft().typed.familyName).toBe("O’Brien");
  expect(JSON.parse(window.sessionStorage.getItem("amtsweg.booking") ?? "")).toMatchObject({
    typed: { email: "a@b.example" },
  });
});

test("typed data goes away 30 minutes after the hold ended, not before", () => {
  saveDraft({ hold, typed: { ...emptyDraft().typed, familyName: "Li" } }, NOW);
  expect(loadDraft(NOW + 44 * 60_000).typed.familyName).toBe("Li");
  expect(loadDraft(NOW + 46 * 60_000).typed.familyName).toBe("");
  expect(window.sessionStorage.getItem("amtsweg.booking")).toBeNull();
});

test("after booking nothing typed remains, only the way to the appointment", () => {
  saveDraft({ hold, typed: { ...emptyDraft().typed, familyName: "Li", email: "li@b.example" } }, NOW);
  finishDraft({ reference: "K7M-3DX-9PC", secret: "geheim", code: "4HTQRA", state: "unconfirmed" });
  expect(loadDraft().booked?.reference).toBe("K7M-3DX-9PC");
  expect(window.sessionStorage.getItem("amtsweg.booking")).not.toMatch(/Li|li@b/);
});

test("one intent keeps one key over reloads, another body gets another", () => {
  const key = intentKey("book", "a");
  expect(intentKey("book", "a")).toBe(key);
  expect(intentKey("book", "b")).not.toBe(key);
  const again = intentKey("book", "b");
  forgetIntent("book");
  expect(intentKey("book", "b")).not.toBe(again);
});

test("a damaged or foreign draft starts anew", () => {
  window.sessionStorage.setItem("amtsweg.booking", "{broken");
  expect(loadDraft()).toEqual(emptyDraft());
  window.sessionStorage.setItem("amtsweg.booking", '{"typed":{"email":"x@y.example"}}');
  expect(loadDraft().typed).toEqual({ ...emptyDraft().typed, email: "x@y.example" });
});

test("equal text is the same object, a change is told", () => {
  const listener = vi.fn();
  const stop = subscribeDraft(listener);
  expect(loadDraft()).toBe(loadDraft());
  saveDraft({ skew: 1 });
  stop();
  saveDraft({ skew: 2 });
  expect(listener).toHaveBeenCalledTimes(1);
});

test("a browser that refuses storage still remembers until the reload", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  saveDraft({ typed: { ...emptyDraft().typed, givenName: "Ada" } });
  expect(loadDraft().typed.givenName).toBe("Ada");
});

test("guests are kept per appointment", () => {
  saveGuest("K7M-3DX-9PC", { secret: "geheim", code: null });
  expect(loadGuest("K7M-3DX-9PC")).toEqual({ secret: "geheim", code: null });
  expect(loadGuest("AAA-AAA-AAA")).toBeNull();
});
