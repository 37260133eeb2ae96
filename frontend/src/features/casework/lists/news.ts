/** What a newer answer has that the list on the screen does not; rows on the screen change only when the person says so. */
import type { CasePage } from "../types";

export interface News {
  /** Cases that were not on the page. */
  added: number;
  /** Cases of the page that somebody changed, or that are no longer in it. */
  changed: number;
}

export function newsOf(shown: CasePage, newer: CasePage): News {
  const before = new Map(shown.items.map((line) => [line.reference, line]));
  const after = new Map(newer.items.map((line) => [line.reference, line]));
  const added = newer.items.filter(({ reference }) => !before.has(reference)).length;
  const changed = shown.items.filter((line) => {
    const now = after.get(line.reference);
    return now?.revision !== line.revision || now.assigned_name !== line.assigned_name || now.urgency !== line.urgency;
  }).length;
  return { added, changed };
}
