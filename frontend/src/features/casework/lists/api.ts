/** Lists, searches, batches and views: the network of the work list. */
import { client, unwrap } from "../../../api/client";
import { WATCHING } from "../api";
import type { CasePage, CaseQuery, SavedView, Service, Sought } from "../types";

const CASES = "/api/v1/staff/cases";
const NOT_MODIFIED = 304;

/** A page of a list and the tag under which the server knows it. */
export interface Listed {
  page: CasePage;
  tag: string | null;
}

export interface Asked {
  query: CaseQuery;
  after: string | null;
}

const params = ({ query, after }: Asked, page_size?: number) => ({
  query: { ...query, after, ...(page_size !== undefined && { page_size }) },
});

export async function listCases(asked: Asked, signal?: AbortSignal): Promise<Listed> {
  const answer = client.GET(CASES, { params: params(asked), cache: "no-store", ...(signal && { signal }) });
  const page = await unwrap(answer);
  return { page, tag: (await answer).response.headers.get("ETag") };
}

/** The list again, null while nothing changed; does not keep the session alive. */
export async function watchCases(asked: Asked, tag: string | null, signal: AbortSignal): Promise<Listed | null> {
  const headers = { ...WATCHING, ...(tag && { "If-None-Match": tag }) };
  const answer = client.GET(CASES, { params: params(asked), headers, cache: "no-store", signal });
  const { response } = await answer;
  if (response.status === NOT_MODIFIED) return null;
  return { page: await unwrap(answer), tag: response.headers.get("ETag") };
}

/** How many cases a list has, in words the page needs: the number and whether it is exact. */
export async function countCases(
  query: CaseQuery,
  signal: AbortSignal,
): Promise<Pick<CasePage, "count" | "count_is_exact">> {
  const answer = client.GET(CASES, { params: params({ query, after: null }, 1), headers: WATCHING, signal });
  const { count, count_is_exact } = await unwrap(answer);
  return { count, count_is_exact };
}

export async function searchCases(body: Sought): Promise<CasePage> {
  return unwrap(client.POST(`${CASES}/search`, { body }));
}

export async function listViews(signal: AbortSignal): Promise<SavedView[]> {
  return (await unwrap(client.GET("/api/v1/staff/views", { signal }))).items;
}

export async function saveView(name: string, filters: CaseQuery): Promise<SavedView> {
  return unwrap(client.POST("/api/v1/staff/views", { body: { name, filters } }));
}

export async function removeView(view_id: string): Promise<void> {
  await unwrap(client.DELETE("/api/v1/staff/views/{view_id}", { params: { path: { view_id } } }));
}

/** The services that people can apply for, by their German names. */
export async function listServices(signal: AbortSignal): Promise<Service[]> {
  return (await unwrap(client.GET("/api/v1/forms", { params: { query: { lang: "de" } }, signal }))).items;
}

/** Address of the whole list as a file, for a plain link. */
export function exportAddress(format: "csv" | "xlsx", query: CaseQuery): string {
  const words = Object.entries({ format, ...query }).flatMap(([name, value]): [string, string][] =>
    [value].flat().flatMap((one): [string, string][] => (one == null ? [] : [[name, String(one)]])),
  );
  return `${CASES}/export?${new URLSearchParams(words).toString()}`;
}
