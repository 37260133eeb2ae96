/** What the catalogue's pages read. */
import type { UseQueryResult } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { useLocalizedQuery } from "../../api/query";
import type { Availability, LifeSituation, Office, OfficeSummary, Service, ServiceSummary } from "../../api/types";

type Reading<Data> = UseQueryResult<Data, ApiProblem>;

/** Larger than any catalogue of a municipality's portal: lists are read whole. */
const ALL = 100;

export function useServices(q = "", enabled = true): Reading<ServiceSummary[]> {
  return useLocalizedQuery(
    ["services", q],
    async (lang, signal) => {
      const query = { lang, page_size: ALL, ...(q && { q }) };
      return (await unwrap(client.GET("/api/v1/services", { params: { query }, signal }))).items;
    },
    { enabled },
  );
}

/** An unknown key (404) or one that is none (422) leads to nothing, as words do that nobody knows. */
const UNKNOWN = new Set([404, 422]);

/** Slugs of the services behind a key of the national catalogue; with a regional key only of what is offered there. */
export function useLeikaServices(leika: string, ars: string): Reading<string[]> {
  return useLocalizedQuery(
    ["leika", leika, ars],
    async (_, signal) => {
      const params = { path: { leika }, query: { ...(ars && { ars }) } };
      try {
        return (await unwrap(client.GET("/api/v1/leika/{leika}", { params, signal }))).services;
      } catch (error) {
        if (error instanceof ApiProblem && UNKNOWN.has(error.status)) return [];
        throw error;
      }
    },
    { enabled: leika !== "" },
  );
}

export function useService(slug: string): Reading<Service> {
  return useLocalizedQuery(["service", slug], (lang, signal) =>
    unwrap(client.GET("/api/v1/services/{slug}", { params: { path: { slug }, query: { lang } }, signal })),
  );
}

export function useLifeSituations(): Reading<LifeSituation[]> {
  return useLocalizedQuery(
    ["life-situations"],
    async (lang, signal) =>
      (await unwrap(client.GET("/api/v1/life-situations", { params: { query: { lang } }, signal }))).items,
  );
}

export function useOffices(): Reading<OfficeSummary[]> {
  return useLocalizedQuery(["offices"], async (lang, signal) => {
    const query = { lang, page_size: ALL };
    return (await unwrap(client.GET("/api/v1/offices", { params: { query }, signal }))).items;
  });
}

export function useOffice(slug: string): Reading<Office> {
  return useLocalizedQuery(["office", slug], (lang, signal) =>
    unwrap(client.GET("/api/v1/offices/{slug}", { params: { path: { slug }, query: { lang } }, signal })),
  );
}

/** Free times for one person with this service, over all its offices, the next two weeks. */
export function useNextTimes(service: string, enabled: boolean): Reading<Availability> {
  return useLocalizedQuery(
    ["next-times", service],
    (_, signal) =>
      unwrap(client.GET("/api/v1/availability", { params: { query: { service: [`${service}:1`] } }, signal })),
    { enabled, staleTime: 20_000 },
  );
}
