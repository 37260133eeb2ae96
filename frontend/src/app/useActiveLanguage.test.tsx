import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { navigate } from "wouter/use-browser-location";
import { useActiveLanguage } from "./useActiveLanguage";

const line = vi.hoisted(() => ({ there: true, tries: 0 }));

// A failed import cannot be had otherwise: here the words are files on the disk.
vi.mock("../i18n/catalogues", () => ({
  activateLanguage: () => {
    line.tries += 1;
    return line.there ? Promise.resolve() : Promise.reject(new TypeError("import failed"));
  },
}));

const reload = vi.fn();
const fetch = vi.fn<() => Promise<Response>>();
const real = window.location;
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("location", new Proxy({}, { get: (_, key) => (key === "reload" ? reload : Reflect.get(real, key)) }));
  Object.assign(line, { there: true, tries: 0 });
  reload.mockClear();
  fetch.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The page in German, asked for Turkish while the words do not come. */
async function inVain() {
  navigate("/de/suche");
  const { result } = renderHook(() => useActiveLanguage("de"));
  await wait(0);
  Object.assign(line, { there: false, tries: 0 });
  act(() => navigate("/tr/suche"));
  await wait(0);
  expect([result.current.active, line.tries]).toEqual(["de", 1]);
  return result;
}

test("words that did not come are tried again after growing pauses, until they are there", async () => {
  const result = await inVain();
  await wait(2_000);
  expect(line.tries).toBe(2);
  await wait(3_000);
  expect(line.tries).toBe(2);
  line.there = true;
  await wait(1_000);
  expect([result.current.active, line.tries]).toEqual(["tr", 3]);
  expect(document.documentElement.lang).toBe("tr");
  await wait(60_000);
  act(() => navigate("/tr"));
  await wait(0);
  expect(line.tries).toBe(3);
  expect(reload).not.toHaveBeenCalled();
});

test("a press on the link of the language tries at once", async () => {
  const result = await inVain();
  line.there = true;
  act(() => navigate("/tr/suche"));
  await wait(0);
  expect(result.current.active).toBe("tr");
});

test("the line is back and the words still do not come: the page is loaded anew once the portal answers", async () => {
  await inVain();
  await wait(10_000);
  expect(fetch).not.toHaveBeenCalled();
  fetch.mockRejectedValueOnce(new TypeError("not yet"));
  act(() => void window.dispatchEvent(new Event("online")));
  await wait(0);
  expect(reload).not.toHaveBeenCalled();
  fetch.mockResolvedValueOnce(new Response("<!doctype html>"));
  await wait(16_000);
  expect(reload).toHaveBeenCalledOnce();
});

test("a press that fails again loads the page anew, but only when the portal answers", async () => {
  await inVain();
  fetch.mockRejectedValueOnce(new TypeError("no line"));
  act(() => navigate("/tr/suche"));
  await wait(0);
  expect(reload).not.toHaveBeenCalled();
  fetch.mockResolvedValueOnce(new Response("", { status: 503 }));
  act(() => navigate("/tr/suche"));
  await wait(0);
  expect(reload).not.toHaveBeenCalled();
  fetch.mockResolvedValueOnce(new Response("<!doctype html>"));
  act(() => navigate("/tr/suche"));
  await wait(0);
  expect(reload).toHaveBeenCalledOnce();
});
