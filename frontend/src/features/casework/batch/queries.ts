/** What the dialog of a batch reads: what can be asked for, and how far a batch is. */
import { useQuery } from "@tanstack/react-query";
import type { ApiProblem } from "../../../api/problem";
import type { BatchResult, CaseLine } from "../types";
import { getBatch, getBatchScope, type BatchScope } from "./api";

const EVERY = 2_000;

export function useScope(lines: readonly CaseLine[]): BatchScope | undefined {
  const cases = lines.map(({ reference }) => reference);
  const { data } = useQuery<BatchScope, ApiProblem>({
    queryKey: ["casework", "batch-scope", cases],
    queryFn: ({ signal }) => getBatchScope(cases, signal),
    staleTime: 60_000,
  });
  return data;
}

/** A batch that the server carries on, looked at every two seconds until nothing is left. */
export function useFollowed(begun: BatchResult): BatchResult;
export function useFollowed(begun: BatchResult | null): BatchResult | null;
export function useFollowed(begun: BatchResult | null): BatchResult | null {
  const batch = begun?.batch ?? "";
  const { data } = useQuery<BatchResult, ApiProblem>({
    // A batch and its undoing are followed one after the other under the same number.
    queryKey: ["casework", "batch", batch, begun?.state],
    queryFn: ({ signal }) => getBatch(batch, signal),
    enabled: batch !== "" && (begun?.left ?? 0) > 0,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.left === 0 ? false : EVERY),
  });
  return data ?? begun;
}
