/** Who works in one's offices, for choosing a person. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { client, unwrap } from "../../api/client";
import type { ApiProblem } from "../../api/problem";
import type { Worker } from "./types";

const WORKERS = ["casework", "workers"];

async function listWorkers(signal: AbortSignal): Promise<Worker[]> {
  return (await unwrap(client.GET("/api/v1/staff/workers", { signal }))).items;
}

/** By name; empty until the answer is there. */
export function useColleagues(): readonly Worker[] {
  const { data = [] } = useQuery<Worker[], ApiProblem>({
    queryKey: WORKERS,
    queryFn: ({ signal }) => listWorkers(signal),
  });
  return data;
}

export function useColleaguesAgain(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: WORKERS }), [queries]);
}
