/** Proof of work in the background: the solver runs in our own worker, started only when the backend asks for it. */
import type { Challenge, Solution } from "altcha-lib";
import workerUrl from "./proof.worker?worker&url";
import { allowWorker } from "./trusted-types";

/** Claims the Trusted Types policy for the solver's address; called once at the start. */
export function prepareProof(): void {
  allowWorker(workerUrl);
}

/**
 * Solves a challenge of the backend and gives it back in the form the backend checks (base64 of JSON), or null after `timeout` ms.
 * Throws when the browser has no workers: then the page names the telephone.
 */
export async function solveProof(challenge: Challenge, timeout = 60_000): Promise<string | null> {
  const { solveChallengeWorkers } = await import("altcha-lib");
  const policy = allowWorker(workerUrl);
  const solution: Solution | null = await solveChallengeWorkers({
    challenge,
    concurrency: Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1)),
    createWorker: () => new Worker(policy.createScriptURL(workerUrl), { type: "module" }),
    timeout,
  });
  return solution && btoa(JSON.stringify({ challenge, solution }));
}
