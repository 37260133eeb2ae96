/** What the pages of one's own area read. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { ApiProblem } from "../../api/problem";
import { useLocalizedQuery } from "../../api/query";
import { getMyData, listApplications, listDrafts, listForms, listPowers, listSessions } from "./api";
import type { ApplicationSummary, DraftSummary, FormSummary, MyData, OwnSession, Power } from "./types";

/** Always asked anew: another device may have gone on. */
const FRESH = { staleTime: 0 };

export const useDrafts = (): UseQueryResult<DraftSummary[], ApiProblem> =>
  useLocalizedQuery(["account", "drafts"], listDrafts, FRESH);

export const useApplications = (): UseQueryResult<ApplicationSummary[], ApiProblem> =>
  useLocalizedQuery(["account", "applications"], listApplications, FRESH);

export const useForms = (): UseQueryResult<FormSummary[], ApiProblem> =>
  useLocalizedQuery(["account", "forms"], listForms);

export const useMyData = (): UseQueryResult<MyData, ApiProblem> =>
  useLocalizedQuery(["account", "data"], getMyData, FRESH);

export function useOwnSessions(): UseQueryResult<OwnSession[], ApiProblem> {
  return useQuery({ queryKey: ["account", "sessions"], queryFn: ({ signal }) => listSessions(signal), ...FRESH });
}

export function usePowers(): UseQueryResult<Power[], ApiProblem> {
  return useQuery({ queryKey: ["account", "powers"], queryFn: ({ signal }) => listPowers(signal), ...FRESH });
}

/** Reads one part of the area again after it was changed. */
export function useAgain(part: "drafts" | "data" | "sessions" | "powers"): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["account", part] });
}
