/** Which cases are chosen, over the pages of one list; other filters are another list. */
import { useMemo, useState } from "react";
import type { CaseLine } from "../types";

type Picked = ReadonlyMap<string, CaseLine>;
const NONE: Picked = new Map();

/** Cases on the screen as they are there now, those of other pages as they were seen last. */
export function seenLast(picked: Picked, items: readonly CaseLine[]): Picked {
  const after = new Map(picked);
  for (const line of items) if (picked.has(line.reference)) after.set(line.reference, line);
  return after;
}

/** With or without these cases. */
export function turned(picked: Picked, lines: readonly CaseLine[], on: boolean): Picked {
  const after = new Map(picked);
  for (const line of lines) {
    if (on) after.set(line.reference, line);
    else after.delete(line.reference);
  }
  return after;
}

/** `list` names the filters; `items` are the cases on the screen. */
export function usePicked(list: string, items: readonly CaseLine[]) {
  const [all, setAll] = useState(NONE);
  const [from, setFrom] = useState(list);
  if (from !== list) {
    setFrom(list);
    setAll(NONE);
  }
  const picked = useMemo(() => seenLast(all, items), [all, items]);
  const [pick] = useState(() => (line: CaseLine, on: boolean) => setAll((before) => turned(before, [line], on)));
  return {
    picked,
    elsewhere: picked.size - items.filter(({ reference }) => picked.has(reference)).length,
    pick,
    pickAll: (on: boolean) => setAll((before) => turned(before, items, on)),
    clear: () => setAll(NONE),
  };
}
