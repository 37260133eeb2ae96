/** Moves focus from case to case, for those who work with letters. */

/** To the next (1) or previous (-1) case of the list; from elsewhere to the first or last. */
export function focusCase(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("a[data-case]")];
  const row = document.activeElement?.closest("tr");
  const now = links.findIndex((link) => link.closest("tr") === row && row);
  const next = now < 0 ? (step === 1 ? 0 : links.length - 1) : now + step;
  links[next]?.focus();
}

/** Ticks or clears the case that has focus. */
export function tickFocused(): void {
  document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
}
