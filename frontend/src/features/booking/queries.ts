/** What the pages of booking read, with React Query. */
import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { usePortal } from "../../api/portal";
import type { ApiProblem } from "../../api/problem";
import { useLocalizedQuery } from "../../api/query";
import { berlinDay } from "../../i18n/format";
import { findAvailability, getAppointment, getOffices, getServices, listServices } from "./api";
import { addDays, firstDay, joinStretches, nextStretch, searchUntilFound } from "./days";
import { formatSelection, type Selection } from "./model";
import { loadGuest } from "./storage";
import type { Appointment, Availability, Office, Service, ServiceSummary } from "./types";

/** Between two looks at an appointment that waits for its confirmation. */
const LOOK_EVERY = 12_000;

export function useServices(slugs: readonly string[]): UseQueryResult<(Service | null)[], ApiProblem> {
  return useLocalizedQuery(["booking", "services", slugs], (lang, signal) => getServices(slugs, lang, signal));
}

export function useServiceList(enabled: boolean): UseQueryResult<ServiceSummary[], ApiProblem> {
  return useLocalizedQuery(["booking", "service-list"], listServices, { enabled });
}

export function useOffices(slugs: readonly string[], enabled: boolean): UseQueryResult<Office[], ApiProblem> {
  return useLocalizedQuery(["booking", "offices", slugs], (lang, signal) => getOffices(slugs, lang, signal), {
    enabled,
  });
}

export interface FreeTimes {
  query: UseQueryResult<Availability, ApiProblem>;
  /** Last local date that can be booked at all. */
  horizonEnd: string;
  /** Loads the days behind the last ones; gives the dates that came. Null at the end of the horizon. */
  more: (() => Promise<string[]>) | null;
  refresh: () => Promise<void>;
}

/** Last local date that can be booked; null until the portal's facts are there. */
export function useHorizonEnd(): string | null {
  const portal = usePortal();
  return portal ? addDays(berlinDay(new Date()), portal.horizon_days) : null;
}

/** Free times of a selection; further days are kept with it. */
export function useFreeTimes(selection: Selection): FreeTimes {
  const end = useHorizonEnd();
  const client = useQueryClient();
  const today = berlinDay(new Date());
  const horizonEnd = end ?? today;
  const key = ["booking", "availability", formatSelection(selection), horizonEnd];
  const query = useQuery<Availability, ApiProblem>({
    queryKey: key,
    queryFn: ({ signal }) =>
      searchUntilFound(
        (from, days) => findAvailability(selection, from, days, signal),
        firstDay(selection.from, today),
        horizonEnd,
      ),
    enabled: end !== null && selection.services.length > 0,
    staleTime: 20_000,
    // The old times stay until the new ones are there, so that focus is never lost.
    placeholderData: keepPreviousData,
  });
  const next = query.data ? nextStretch(query.data.searched_until, horizonEnd) : null;
  const more = next
    ? async () => {
        const further = await findAvailability(selection, next.from, Math.min(next.days, 14));
        client.setQueryData<Availability>(key, (known) => (known ? joinStretches(known, further) : further));
        return further.days.map(({ date }) => date);
      }
    : null;
  return {
    query,
    horizonEnd,
    more,
    refresh: () => client.invalidateQueries({ queryKey: ["booking", "availability"] }),
  };
}

const appointmentKey = (reference: string) => ["booking", "appointment", reference];

/** An appointment opened in this tab; while it is unconfirmed, it is looked at again quietly as long as the page is seen. */
export function useAppointment(reference: string): UseQueryResult<Appointment, ApiProblem> {
  const secret = loadGuest(reference)?.secret ?? null;
  return useQuery<Appointment, ApiProblem>({
    queryKey: appointmentKey(reference),
    queryFn: ({ signal }) => getAppointment(reference, secret ?? "", signal),
    enabled: secret !== null,
    staleTime: 5_000,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (state.data?.state === "unconfirmed" ? LOOK_EVERY : false),
  });
}

/** Puts the server's newest word about an appointment on all its pages. */
export function useAppointmentUpdate(reference: string): (appointment?: Appointment) => Promise<void> {
  const client = useQueryClient();
  return async (appointment) => {
    if (appointment) client.setQueryData(appointmentKey(reference), appointment);
    await client.invalidateQueries({ queryKey: appointmentKey(reference) });
  };
}
