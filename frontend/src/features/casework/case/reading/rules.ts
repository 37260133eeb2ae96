/** The rules of a case in the order in which a clerk asks: those that hit apart from those that did not. Pure. */
import type { Case } from "../../types";

export type Rule = Case["rules"][number];
export type Input = Rule["inputs"][number];
type Section = Rule["section"];

const ORDER: readonly Section[] = ["eligibility", "fee", "route", "decision"];

interface OfSection {
  section: Section;
  hits: Rule[];
  others: Rule[];
}

export function bySection(rules: readonly Rule[]): OfSection[] {
  return ORDER.flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section);
    return own.length > 0
      ? [{ section, hits: own.filter(({ hit }) => hit), others: own.filter(({ hit }) => !hit) }]
      : [];
  });
}
