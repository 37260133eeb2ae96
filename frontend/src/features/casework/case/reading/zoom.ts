/** Steps of the evidence viewer: sizes, the width to draw for each, and what a key means. Pure. */
export const ZOOMS = [50, 100, 150, 200, 300] as const;

export type Turn = "back" | "next" | "larger" | "smaller";

/** The next size in a direction; at the end it stays. */
export function stepped(zoom: number, to: "larger" | "smaller"): number {
  const place = ZOOMS.findIndex((each) => each === zoom);
  return ZOOMS[place + (to === "larger" ? 1 : -1)] ?? zoom;
}

/** Pixels to draw, in few steps so that a change of size seldom draws anew. */
export function widthFor(zoom: number): number {
  return zoom <= 100 ? 1000 : 2000;
}

const KEYS: Readonly<Record<string, Turn>> = { PageUp: "back", PageDown: "next", "+": "larger", "-": "smaller" };

/** What a key does in the viewer; with a modifier it belongs to the browser. */
export function keyMeaning(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): Turn | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return KEYS[event.key] ?? null;
}
