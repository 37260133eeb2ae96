/** Routing rules as they are typed: one row for each rule, the first that fits counts. */
import type { components } from "../../../api/schema";
import type { RoutingRule } from "../types";

export interface TypedRule {
  /** Keeps the row together while it moves. */
  key: number;
  service: string;
  postcodes: string;
  language: string;
  office: string;
  team: string;
  assignee: string;
}

type Wish = components["schemas"]["RoutingRule"];

export const typedRule = (rule: RoutingRule, key: number): TypedRule => ({
  key,
  service: rule.service ?? "",
  postcodes: rule.postcodes.join(", "),
  language: rule.language ?? "",
  office: rule.office ?? "",
  team: rule.team ?? "",
  assignee: rule.assignee ?? "",
});

export const emptyRule = (key: number): TypedRule => ({
  key,
  service: "",
  postcodes: "",
  language: "",
  office: "",
  team: "",
  assignee: "",
});

const POSTCODE = /^\d{1,5}$/;
const TEAM = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** What is wrong with a row: a rule that gives nothing, or beginnings of postcodes that are none. */
export function faultOf({ postcodes, office, team, assignee }: TypedRule): "target" | "postcodes" | "team" | null {
  if (!office && !team && !assignee) return "target";
  if (listed(postcodes).some((code) => !POSTCODE.test(code))) return "postcodes";
  return team && !TEAM.test(team) ? "team" : null;
}

/** Words between commas or spaces. */
export function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

export const wishOf = ({ service, postcodes, language, office, team, assignee }: TypedRule): Wish => ({
  service: service || null,
  postcodes: listed(postcodes),
  language: (language || null) as Wish["language"] & (string | null),
  office: office || null,
  team: team || null,
  assignee: assignee || null,
});

/** The rows with the one at `from` a step up or down. */
export function moved<Row>(rows: readonly Row[], from: number, step: 1 | -1): Row[] {
  const after = [...rows];
  const [row] = after.splice(from, 1);
  if (row !== undefined) after.splice(Math.max(0, from + step), 0, row);
  return after;
}
