/** Orders of the work list: by one column, either way. Pure. */
import type { CaseQuery } from "../types";

const COLUMNS = ["due", "received", "service", "name", "state", "assigned"] as const;
export type Column = (typeof COLUMNS)[number];
export type Sort = Column | `-${Column}`;

const SORTS: readonly Sort[] = COLUMNS.flatMap((column) => [column, `-${column}`] as const);

/** The words for each order: what stands at the top. */
export const ORDER = {
  due: "staff.list.order.due",
  "-due": "staff.list.order.due_down",
  received: "staff.list.order.received",
  "-received": "staff.list.order.newest",
  service: "staff.list.order.service",
  "-service": "staff.list.order.service_down",
  name: "staff.list.order.name",
  "-name": "staff.list.order.name_down",
  state: "staff.list.order.state",
  "-state": "staff.list.order.state_down",
  assigned: "staff.list.order.assigned",
  "-assigned": "staff.list.order.assigned_down",
} as const satisfies Record<Sort, string>;

/** What is most urgent first, for everything that is no order. */
export function sortOf(word: string | null | undefined): Sort {
  return SORTS.find((sort) => sort === word) ?? "due";
}

/** Ended cases have no day on which they are due. */
export function sortsIn(scope: CaseQuery["scope"]): readonly Sort[] {
  return scope === "open" ? SORTS : SORTS.filter((sort) => columnOf(sort) !== "due");
}

export const columnOf = (sort: Sort): Column => sort.replace("-", "") as Column;

/** What a press on the head of a column leads to: its order, then the other way; of receipts the newest come first. */
export function pressed(column: Column, now: Sort): Sort {
  if (columnOf(now) !== column) return column === "received" ? "-received" : column;
  return now === column ? `-${column}` : column;
}

/** How the values of its column run in an order. */
export const directionOf = (sort: Sort): "ascending" | "descending" =>
  sort.startsWith("-") ? "descending" : "ascending";
