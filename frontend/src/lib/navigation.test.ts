import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Navigation = typeof import("./navigation");
let navigation: Navigation;
const heading = { focus: vi.fn() } as unknown as HTMLHeadingElement;
const scrollTo = vi.fn();

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("scrollTo", scrollTo);
  vi.clearAllMocks();
  window.history.replaceState(null, "", "/de/");
  navigation = await import("./navigation");
  navigation.watchNavigation();
  navigation.viewShown(heading);
});
afterEach(() => vi.unstubAllGlobals());

function show(path: string): void {
  window.history.pushState(null, "", path);
  navigation.viewShown(heading);
}

function scrolledTo(position: number): void {
  vi.stubGlobal("scrollY", position);
  window.dispatchEvent(new Event("scroll"));
}

test("the first view leaves focus and place alone", () => {
  expect(heading.focus).not.toHaveBeenCalled();
  expect(scrollTo).not.toHaveBeenCalled();
});

test("a step forward starts at the top with focus on the heading", () => {
  navigation.movingForward();
  show("/de/leistungen");
  expect(scrollTo).toHaveBeenCalledWith(0, 0);
  expect(heading.focus).toHaveBeenCalledOnce();
});

test("back returns to where one was", () => {
  scrolledTo(740);
  navigation.movingForward();
  show("/de/leistungen");
  window.history.replaceState(null, "", "/de/");
  window.dispatchEvent(new PopStateEvent("popstate"));
  navigation.viewShown(heading);
  expect(scrollTo).toHaveBeenLastCalledWith(0, 740);
});

test("a filter on the same page moves nothing", () => {
  show("/de/suche?q=a");
  vi.clearAllMocks();
  show("/de/suche?q=b");
  expect(heading.focus).not.toHaveBeenCalled();
});

test("a view that replaces another at the same path gets focus when the pressed button is gone", () => {
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  navigation.viewShown(heading);
  expect(heading.focus).not.toHaveBeenCalled();
  button.remove();
  navigation.viewShown(heading);
  expect(heading.focus).toHaveBeenCalledOnce();
});
