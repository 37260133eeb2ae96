/** What the work list reads, and when it reads again. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { ApiProblem } from "../../../api/problem";
import type { CasePage, CaseQuery, SavedView, Service } from "../types";
import { countCases, listCases, listServices, listViews, watchCases, type Asked, type Listed } from "./api";

const LIST = ["casework", "list"];
const COUNTS = ["casework", "counts"];
const VIEWS = ["casework", "views"];
const EVERY = 10_000;

export function useCases(asked: Asked): UseQueryResult<Listed, ApiProblem> {
  return useQuery<Listed, ApiProblem>({
    queryKey: [...LIST, asked],
    queryFn: ({ signal }) => listCases(asked, signal),
    staleTime: 0,
    // The old page stays on the screen until the new one is there.
    placeholderData: (before) => before,
  });
}

/** Looks every ten seconds whether the list changed; gives the newer page, which the person may then show. */
export function useNewer(asked: Asked, shown: Listed | undefined): { newer: Listed | null; show: () => void } {
  const client = useQueryClient();
  const [newer, setNewer] = useState<{ of: Listed; listed: Listed } | null>(null);
  const key = JSON.stringify(asked);
  const current = newer && newer.of === shown ? newer.listed : null;
  const tag = current?.tag ?? shown?.tag ?? null;
  useEffect(() => {
    if (!shown) return undefined;
    const stop = new AbortController();
    const look = () => {
      if (document.hidden) return;
      watchCases(JSON.parse(key) as Asked, tag, stop.signal)
        .then((listed) => listed && setNewer({ of: shown, listed }))
        .catch(() => undefined); // The next look tries again; the frame tells when the line is gone.
    };
    const timer = setInterval(look, EVERY);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [key, shown, tag]);
  const show = useCallback(() => {
    if (current) client.setQueryData([...LIST, JSON.parse(key) as Asked], current);
    void client.invalidateQueries({ queryKey: COUNTS });
  }, [client, current, key]);
  return { newer: current, show };
}

export function useCount(query: CaseQuery): UseQueryResult<Pick<CasePage, "count" | "count_is_exact">, ApiProblem> {
  return useQuery({ queryKey: [...COUNTS, query], queryFn: ({ signal }) => countCases(query, signal) });
}

export function useViews(): UseQueryResult<SavedView[], ApiProblem> {
  return useQuery({ queryKey: VIEWS, queryFn: ({ signal }) => listViews(signal) });
}

export function useServices(): UseQueryResult<Service[], ApiProblem> {
  return useQuery({
    queryKey: ["casework", "services"],
    queryFn: ({ signal }) => listServices(signal),
    staleTime: Infinity,
  });
}

/** Reads lists and counts again after one's own act. */
export function useListsAgain(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all([LIST, COUNTS].map((queryKey) => client.invalidateQueries({ queryKey })));
  }, [client]);
}

export function useViewsAgain(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: VIEWS }), [client]);
}

/** What was searched and found, kept in memory for the way back from a case; gone with the session. */
export interface Found {
  text: string;
  born: string;
  page: CasePage;
}

const FOUND = ["casework", "found"];

export function useFound(): [Found | null, (found: Found | null) => void] {
  const client = useQueryClient();
  const { data = null } = useQuery<Found | null>({
    queryKey: FOUND,
    queryFn: () => null,
    enabled: false,
    staleTime: Infinity,
  });
  return [data, useCallback((found) => client.setQueryData(FOUND, found), [client])];
}
