/** The offices of the catalogue, by which staff know each other. */
import { useQuery } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";
import type { ApiProblem } from "../../api/problem";
import type { OfficeSummary } from "../../api/types";

const NONE: readonly OfficeSummary[] = [];

async function listOffices(signal: AbortSignal): Promise<OfficeSummary[]> {
  const params = { query: { lang: "de" as const, page_size: 100 } };
  return (await unwrap(client.GET("/api/v1/offices", { params, signal }))).items;
}

/** Empty until the answer is there. */
export function useOffices(): readonly OfficeSummary[] {
  const { data = NONE } = useQuery<OfficeSummary[], ApiProblem>({
    queryKey: ["casework", "offices"],
    queryFn: ({ signal }) => listOffices(signal),
    staleTime: Infinity,
  });
  return data;
}

/** The name of an office by its slug. */
export function useOfficeName(): (slug: string) => string {
  const offices = useOffices();
  return (slug) => offices.find((office) => office.slug === slug)?.name ?? slug;
}
