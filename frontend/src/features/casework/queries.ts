/** What the pages of staff read, and how an answer of the server takes the place of an older one. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ApiProblem } from "../../api/problem";
import { getCase, getProfile, getStaffSession, type Why } from "./api";
import type { Case, Profile, StaffSession } from "./types";

const SESSION = ["casework", "session"];
export const PROFILE = ["casework", "profile"];
export const caseKey = (reference: string) => ["casework", "case", reference];

export function useStaffSession(): UseQueryResult<StaffSession, ApiProblem> {
  return useQuery<StaffSession, ApiProblem>({
    queryKey: SESSION,
    queryFn: ({ signal }) => getStaffSession(signal),
    staleTime: 20_000,
    refetchOnWindowFocus: true,
  });
}

export function useStaffSessionUpdate(): (session: StaffSession) => void {
  const client = useQueryClient();
  return useCallback((session) => client.setQueryData(SESSION, session), [client]);
}

/** Who one is as a member of staff, and what one may do. */
export function useProfile(): UseQueryResult<Profile, ApiProblem> {
  return useQuery<Profile, ApiProblem>({
    queryKey: PROFILE,
    queryFn: ({ signal }) => getProfile(signal),
    staleTime: 60_000,
  });
}

/** One case; reading it is audited, so it is not read again by itself. */
export function useCase(reference: string, why: Why = "work"): UseQueryResult<Case, ApiProblem> {
  return useQuery<Case, ApiProblem>({
    queryKey: caseKey(reference),
    queryFn: ({ signal }) => getCase(reference, why, signal),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Puts the case that an act answered in place of the one on the screen. */
export function useCaseUpdate(reference: string): (next: Case) => void {
  const client = useQueryClient();
  return useCallback((next) => client.setQueryData(caseKey(reference), next), [client, reference]);
}
