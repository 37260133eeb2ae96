/** Where a case stands for who acts on it, and what can be done from there. Pure. */
import type { Case } from "../../types";

/** The next step that somebody chooses; all but "request" decide. */
export type Step = "request" | Outcome;
export type Outcome = "granted" | "partly" | "refused" | "closed";

export const OUTCOMES: readonly Outcome[] = ["granted", "partly", "refused", "closed"];

export type Proposal = NonNullable<Case["proposal"]>;

/** "waiting": for a second person; "leaving": decided, can still be undone; "asked": the citizen has to answer. */
export type Standing = "free" | "asked" | "waiting" | "leaving" | "ended";

const ENDED = ["decided_granted", "decided_partly", "decided_refused", "withdrawn", "lapsed", "closed"];

export const openRequest = (item: Case): Case["requests"][number] | undefined =>
  item.requests.find(({ state }) => state === "open");

export function standingOf(item: Case): Standing {
  const pending = item.proposal?.state;
  if (pending === "waiting" || pending === "leaving") return pending;
  if (ENDED.includes(item.line.state)) return "ended";
  return openRequest(item) ? "asked" : "free";
}

/** Of a case that waits for the citizen in vain, when reminder and grace are over, nothing is left but to close it. */
export function stepsOf({ can }: Pick<Case, "can">): Step[] {
  const outcomes: readonly Outcome[] = can.propose ? OUTCOMES : can.lapse ? ["closed"] : [];
  return [...(can.request ? (["request"] as const) : []), ...outcomes];
}

/** Whether somebody else has to approve; "maybe" where it is drawn by lot or depends on a fee that nobody knows yet. */
export function secondPerson(fourEyes: unknown, outcome: Outcome, fee: number | null): "yes" | "no" | "maybe" {
  if (fourEyes === "always") return "yes";
  if (fourEyes === "never") return "no";
  if (fourEyes === "on_refusal") return outcome === "granted" ? "no" : "yes";
  if (typeof fourEyes !== "object" || fourEyes === null) return "maybe";
  if ("above_fee_cents" in fourEyes && fee !== null) return fee > Number(fourEyes.above_fee_cents) ? "yes" : "no";
  return "maybe";
}
