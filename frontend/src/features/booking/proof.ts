/** What booking needs of the proof of work; a chunk of its own, loaded only when the server asks for a proof. */
import type { Challenge } from "altcha-lib/types";

export { solveProof } from "../../lib/proof";

/** Whether the `challenge` of a refusal has the shape that the solver understands. */
export function isChallenge(value: unknown): value is Challenge {
  if (typeof value !== "object" || value === null || !("parameters" in value)) return false;
  const { parameters } = value;
  return typeof parameters === "object" && parameters !== null && "algorithm" in parameters && "nonce" in parameters;
}
