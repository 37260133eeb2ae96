/** Letters, opinions, the audit trail, short answers on the phone, one's own settings: their network. */
import { client, unwrap } from "../../../api/client";
import type { components, operations } from "../../../api/schema";
import type { CaseStatus, Opinion, Profile, ProfileWish, Routing, Worker } from "../types";

const STAFF = "/api/v1/staff";
type Schemas = components["schemas"];

/** Filters of the trail; days as "2026-11-24". */
export type TrailQuery = Pick<
  NonNullable<operations["listAuditEntries"]["parameters"]["query"]>,
  "from" | "to" | "reference" | "action"
>;

export async function listLetters(
  to_print: boolean,
  after: string | null,
  signal: AbortSignal,
): Promise<Schemas["OfficeLetters"]> {
  return unwrap(client.GET(`${STAFF}/letters`, { params: { query: { to_print, after } }, signal }));
}

/** Address of a letter as a file, for a plain link. */
export const letterAddress = (reference: string, letter: string) => `${STAFF}/cases/${reference}/letters/${letter}`;

export async function markPrinted(letter_id: string): Promise<void> {
  await unwrap(client.POST(`${STAFF}/letters/{letter_id}/printed`, { params: { path: { letter_id } } }));
}

export async function listOpinions(
  scope: "open" | "ended",
  after: string | null,
  signal: AbortSignal,
): Promise<Schemas["Opinions"]> {
  return unwrap(client.GET(`${STAFF}/opinions`, { params: { query: { scope, after } }, signal }));
}

export async function answerOpinion(opinion_id: string, answer: string): Promise<Opinion> {
  const params = { path: { opinion_id } };
  return unwrap(client.POST(`${STAFF}/opinions/{opinion_id}/answer`, { params, body: { answer } }));
}

export async function listTrail(
  query: TrailQuery,
  after: number | null,
  signal: AbortSignal,
): Promise<Schemas["AuditEntries"]> {
  return unwrap(client.GET(`${STAFF}/audit`, { params: { query: { ...query, after } }, signal }));
}

/** Address of the trail as a file, for a plain link. */
export function trailFile(query: TrailQuery): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return `${STAFF}/audit/export?${new URLSearchParams(given).toString()}`;
}

export async function getStatus(reference: string, birth_date: string): Promise<CaseStatus> {
  return unwrap(client.POST(`${STAFF}/status`, { body: { reference, birth_date } }));
}

export async function setProfile(body: ProfileWish): Promise<Profile> {
  return unwrap(client.PUT(`${STAFF}/profile`, { body }));
}

export async function setAbsence(worker_id: string, until: string | null, substitute: string | null): Promise<Worker> {
  const params = { path: { worker_id } };
  return unwrap(client.PUT(`${STAFF}/workers/{worker_id}/absence`, { params, body: { until, substitute } }));
}

export async function setTeams(worker_id: string, teams: string[]): Promise<Worker> {
  return unwrap(client.PUT(`${STAFF}/workers/{worker_id}/teams`, { params: { path: { worker_id } }, body: { teams } }));
}

export async function listRouting(office: string | null, signal: AbortSignal): Promise<Routing> {
  return unwrap(client.GET(`${STAFF}/routing`, { params: { query: { office } }, signal }));
}

/** Passes only on the rules that were seen. */
export async function setRouting(seen: Routing, items: Schemas["RoutingRule"][]): Promise<Routing> {
  const params = { header: { "If-Match": `"${String(seen.revision)}"` } };
  return unwrap(client.PUT(`${STAFF}/routing`, { params, body: { office: seen.office, items } }));
}

export async function setTraining(on: boolean): Promise<void> {
  await unwrap(client.POST(`${STAFF}/training`, { body: { on } }));
}
