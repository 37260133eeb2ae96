/** Other offices that can be asked or that can take over a case. */
import type { OfficeSummary } from "../../../../api/types";
import { useOffices } from "../../offices";

/** All but the one that has the case, by name. */
export function others(offices: readonly OfficeSummary[], own: string): OfficeSummary[] {
  return offices.filter(({ slug }) => slug !== own).sort((one, other) => one.name.localeCompare(other.name, "de"));
}

export function useOtherOffices(own: string): OfficeSummary[] {
  return others(useOffices(), own);
}
