/** Other offices that can be asked or that can take over a case. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ApiProblem } from "../../../../api/problem";
import type { OfficeSummary } from "../../../../api/types";
import { listOffices } from "./api";

const NONE: readonly OfficeSummary[] = [];

/** All but the one that has the case, by name. */
export function others(offices: readonly OfficeSummary[], own: string): OfficeSummary[] {
  return offices.filter(({ slug }) => slug !== own).sort((one, other) => one.name.localeCompare(other.name, "de"));
}

function useOffices(): UseQueryResult<OfficeSummary[], ApiProblem> {
  return useQuery<OfficeSummary[], ApiProblem>({
    queryKey: ["casework", "offices"],
    queryFn: ({ signal }) => listOffices(signal),
    staleTime: Infinity,
  });
}

export function useOtherOffices(own: string): OfficeSummary[] {
  const { data = NONE } = useOffices();
  return others(data, own);
}

/** The name of an office by its slug. */
export function useOfficeName(): (slug: string) => string {
  const { data = NONE } = useOffices();
  return (slug) => data.find((office) => office.slug === slug)?.name ?? slug;
}
