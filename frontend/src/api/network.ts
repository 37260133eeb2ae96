/** Sends requests so that nothing is lost or doubled: safe and keyed ones are repeated, the page knows when the line is slow. */
import { useSyncExternalStore } from "react";
import { ApiProblem, NO_CONNECTION } from "./problem";

export type NetworkState = "ok" | "slow" | "offline";

const SLOW_AFTER = 4_000;
const GIVE_UP_AFTER = 25_000;
const PAUSES = [500, 1_500, 4_000];
const BUSY = new Set([502, 503, 504]);

let state: NetworkState = "ok";
let waiting = 0;
const listeners = new Set<() => void>();

function setState(next: NetworkState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function useNetworkState(): NetworkState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Something beside the backend's answers, such as the words of a language, did not come. */
export const lineLost = (): void => setState("offline");

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A request may be sent again when it changes nothing, or when its key makes the backend answer once. */
export function isRepeatable(request: Request): boolean {
  return request.method === "GET" || request.headers.has("Idempotency-Key");
}

/** Ends when the request ends or takes too long. By hand: browsers of 2023 know no `AbortSignal.any`. */
function patience({ signal }: Request): AbortSignal {
  const end = new AbortController();
  const stop = () => end.abort();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  setTimeout(stop, GIVE_UP_AFTER);
  return end.signal;
}

async function attempt(request: Request): Promise<Response> {
  const slow = setTimeout(() => setState("slow"), SLOW_AFTER);
  try {
    return await fetch(request.clone(), { signal: patience(request) });
  } finally {
    clearTimeout(slow);
  }
}

/** `fetch` with up to three repeats for repeatable requests on a broken line or a busy server (502, 503, 504). */
export async function send(request: Request): Promise<Response> {
  const pauses = isRepeatable(request) ? PAUSES : [];
  waiting += 1;
  try {
    for (let repeat = 0; ; repeat += 1) {
      const wait = pauses[repeat];
      try {
        const response = await attempt(request);
        if (wait === undefined || !BUSY.has(response.status)) {
          setState(waiting > 1 && state === "slow" ? "slow" : "ok");
          return response;
        }
      } catch (error) {
        if (request.signal.aborted) throw error;
        if (wait === undefined) {
          setState("offline");
          throw new ApiProblem({ code: NO_CONNECTION });
        }
        setState("slow");
      }
      await pause(wait ?? 0);
    }
  } finally {
    waiting -= 1;
  }
}
