/** What the dialog of a batch reads: what can be asked for, and how far a batch is. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ApiProblem } from "../../../api/problem";
import type { BatchResult, CaseLine } from "../types";
import { getBatch, getBatchScope, type BatchScope } from "./api";

const EVERY = 2_000;

export function useScope(lines: readonly CaseLine[]): UseQueryResult<BatchScope, ApiProblem> {
  const cases = lines.map(({ reference }) => reference);
  return useQuery<BatchScope, ApiProblem>({
    queryKey: ["casework", "batch-scope", cases],
    queryFn: ({ signal }) => getBatchScope(cases, signal),
    staleTime: 60_000,
  });
}

export interface Followed<Result> {
  result: Result;
  /** Why it is not looked at any more; what the server does goes on. */
  refused: ApiProblem | null;
  again: () => void;
}

/** An answer that the next look would only get again; a lost line comes back, and the frame tells of it. */
const refusal = (error: ApiProblem | null): ApiProblem | null => (error && error.status >= 400 ? error : null);

/** A batch that the server carries on, looked at every two seconds until nothing is left or the server refuses. */
export function useFollowed<Begun extends BatchResult | null>(begun: Begun): Followed<Begun | BatchResult> {
  const batch = begun?.batch ?? "";
  const { data, error, refetch } = useQuery<BatchResult, ApiProblem>({
    // A batch and its undoing are followed one after the other under the same number.
    queryKey: ["casework", "batch", batch, begun?.state],
    queryFn: ({ signal }) => getBatch(batch, signal),
    enabled: batch !== "" && (begun?.left ?? 0) > 0,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.left === 0 || refusal(state.error) ? false : EVERY),
  });
  return { result: data ?? begun, refused: refusal(error), again: () => void refetch() };
}
