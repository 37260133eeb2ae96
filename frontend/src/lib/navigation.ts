/** Focus and scroll of a single page: a new view gets focus on its h1 and starts at the top, "back" returns to where one was. */

const positions = new Map<string, number>();
let goingBack = false;
let shown: string | undefined;
let focused: EventTarget | null = null;

function address(): string {
  return window.location.pathname + window.location.search;
}

/** Takes over from the browser, once, before the first render. */
export function watchNavigation(): void {
  window.history.scrollRestoration = "manual";
  window.addEventListener("popstate", () => {
    goingBack = true;
  });
  window.addEventListener("scroll", () => positions.set(address(), window.scrollY), { passive: true });
  document.addEventListener("focusin", ({ target }) => {
    focused = target;
  });
}

/** Gives focus to the heading when the link or button that had it is no longer on the page. */
export function rescueFocus(heading = document.querySelector("h1")): void {
  const lost = focused instanceof Element && !focused.isConnected && document.activeElement === document.body;
  if (lost) heading?.focus();
}

/** A link or a step forward, never "back": called by the router for every own navigation. */
export function movingForward(): void {
  goingBack = false;
}

/**
 * Tells that the view of the current path is on the screen with its heading.
 * Does nothing for the first view and for changes of the query (filters, a new search on the same page); a view that
 * took the place of another at the same path gets focus only when the pressed button went with the old one.
 */
export function viewShown(heading: HTMLHeadingElement): void {
  const path = window.location.pathname;
  if (shown === path) {
    rescueFocus(heading);
    return;
  }
  const first = shown === undefined;
  shown = path;
  if (first) return;
  window.scrollTo(0, goingBack ? (positions.get(address()) ?? 0) : 0);
  goingBack = false;
  heading.focus({ preventScroll: true });
}
