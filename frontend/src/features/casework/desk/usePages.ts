/** A list that goes on: pages already read stay, the next one follows below. */
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ApiProblem } from "../../../api/problem";

export interface Part<Item, Place> {
  items: Item[];
  next: Place | null;
}

export function usePages<Item, Place>(
  key: readonly unknown[],
  read: (after: Place | null, signal: AbortSignal) => Promise<Part<Item, Place>>,
): UseInfiniteQueryResult<InfiniteData<Part<Item, Place>, Place | null>, ApiProblem> {
  return useInfiniteQuery<
    Part<Item, Place>,
    ApiProblem,
    InfiniteData<Part<Item, Place>, Place | null>,
    readonly unknown[],
    Place | null
  >({
    queryKey: ["casework", ...key],
    queryFn: ({ pageParam, signal }) => read(pageParam as Place | null, signal),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  });
}
