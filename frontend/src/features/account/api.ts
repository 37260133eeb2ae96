/** The only door of the account to the network. */
import { client, unwrap } from "../../api/client";
import type { Language } from "../../i18n/languages";
import type { ApplicationSummary, DraftSummary, FormSummary, MyData, OwnSession, Power } from "./types";

const ME = "/api/v1/me";
const POWERS = "/api/v1/powers-of-attorney";

/** Address of the file with everything stored, for a plain link. */
export const exportAddress = (format: "json" | "pdf", language: Language) =>
  `${ME}/export?format=${format}&lang=${language}`;

export async function listDrafts(lang: Language, signal: AbortSignal): Promise<DraftSummary[]> {
  return (await unwrap(client.GET("/api/v1/drafts", { params: { query: { lang } }, signal }))).items;
}

export async function listApplications(lang: Language, signal: AbortSignal): Promise<ApplicationSummary[]> {
  const params = { query: { lang } };
  return (await unwrap(client.GET("/api/v1/applications", { params, signal }))).items;
}

export async function listForms(lang: Language, signal: AbortSignal): Promise<FormSummary[]> {
  const params = { query: { lang } };
  return (await unwrap(client.GET("/api/v1/forms", { params, signal }))).items;
}

export async function deleteDraft({ draft_id, revision }: DraftSummary): Promise<void> {
  const params = { path: { draft_id }, header: { "If-Match": `"${String(revision)}"` } };
  await unwrap(client.DELETE("/api/v1/drafts/{draft_id}", { params }));
}

export async function getMyData(lang: Language, signal: AbortSignal): Promise<MyData> {
  return unwrap(client.GET(ME, { params: { query: { lang } }, signal }));
}

export async function listSessions(signal: AbortSignal): Promise<OwnSession[]> {
  return (await unwrap(client.GET("/api/v1/auth/citizen/sessions", { signal }))).items;
}

export async function endSessions(): Promise<void> {
  await unwrap(client.POST("/api/v1/auth/citizen/sessions/end"));
}

export async function setElectronicDelivery(allowed: boolean): Promise<void> {
  await unwrap(client.POST(`${ME}/electronic-delivery`, { body: { allowed } }));
}

/** Gives the address at which the session at the account provider ends too, or null. */
export async function deleteMyAccount(language: Language): Promise<string | null> {
  const { location } = await unwrap(client.POST(`${ME}/delete`, { body: { confirm: true, language } }));
  return location;
}

export async function listPowers(signal: AbortSignal): Promise<Power[]> {
  return (await unwrap(client.GET(POWERS, { signal }))).items;
}

export async function grantPower(valid_until: string): Promise<Power> {
  return unwrap(client.POST(POWERS, { body: { valid_until } }));
}

export async function acceptPower(code: string): Promise<Power> {
  return unwrap(client.POST(`${POWERS}/accept`, { body: { code } }));
}

export async function revokePower(power_id: string): Promise<Power> {
  return unwrap(client.POST(`${POWERS}/{power_id}/revoke`, { params: { path: { power_id } } }));
}
