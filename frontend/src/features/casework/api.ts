/** The only door of casework to the network. */
import { client, unwrap } from "../../api/client";
import type { Case, CaseLine, Profile, StaffSession } from "./types";

const AUTH = "/api/v1/auth/staff";
const CASE = "/api/v1/staff/cases/{reference}";

/** Why a case is opened; it stands in the audit trail. */
export type Why = "work" | "question" | "approval" | "oversight";

/** Marks a request that a page makes by itself, by the clock: it does not keep the session alive. */
export const WATCHING = { "X-Amtsweg-Watch": "1" };

/** Where a sign-in leads back to: the work list, or one case. */
export type ReturnTo =
  { page: "home"; params: Record<string, never> } | { page: "case"; params: { reference: string } };

/** The header that lets an act pass only on the state that was seen. */
export const ifMatch = ({ revision }: { revision: number }) => ({ "If-Match": `"${String(revision)}"` });

export async function getStaffSession(signal?: AbortSignal): Promise<StaffSession> {
  return unwrap(client.GET(`${AUTH}/session`, { cache: "no-store", ...(signal && { signal }) }));
}

/** Gives the address of the issuer's page; `again`: it asks also who is signed in there, so that another account can be taken. */
export async function signIn(return_to: ReturnTo, again: boolean): Promise<string> {
  const body = { level: "substantial" as const, return_to, again, language: "de" as const };
  return (await unwrap(client.POST(`${AUTH}/sign-in`, { body }))).location;
}

export async function extendSession(): Promise<StaffSession> {
  return unwrap(client.POST(`${AUTH}/session/extend`));
}

/** Gives the address at which the session at the issuer ends too, or null. */
export async function signOut(): Promise<string | null> {
  return (await unwrap(client.POST(`${AUTH}/sign-out`, { body: { language: "de" } }))).location;
}

export async function getCase(reference: string, why: Why, signal: AbortSignal): Promise<Case> {
  return unwrap(client.GET(CASE, { params: { path: { reference }, query: { why } }, signal }));
}

export async function getProfile(signal: AbortSignal): Promise<Profile> {
  return unwrap(client.GET("/api/v1/staff/profile", { signal }));
}

/** Gives the most urgent case that fits (of these services; none: of all) and takes it; a broken line gives no second one. */
export async function takeNextCase(services: string[] = []): Promise<CaseLine> {
  const params = { header: { "Idempotency-Key": crypto.randomUUID() } };
  return unwrap(client.POST("/api/v1/staff/cases/take-next", { params, body: { services } }));
}
