/** The only door of the account to the network. */
import { unwrap } from "../../api/client";
import { loose } from "../../api/loose";
import type { Language } from "../../i18n/languages";
import type { ApplicationSummary, DraftSummary, FormSummary, MyData, OwnSession, Power } from "./types";

const ME = "/api/v1/auth/citizen/me";
const POWERS = "/api/v1/powers-of-attorney";

/** Address of the file with everything stored, for a plain link. */
export const exportAddress = (format: "json" | "pdf", language: Language) =>
  `${ME}/export?format=${format}&lang=${language}`;

export async function listDrafts(lang: Language, signal: AbortSignal): Promise<DraftSummary[]> {
  const params = { query: { lang } };
  return (await unwrap(loose.GET<{ items: DraftSummary[] }>("/api/v1/drafts", { params, signal }))).items;
}

export async function listApplications(lang: Language, signal: AbortSignal): Promise<ApplicationSummary[]> {
  const params = { query: { lang } };
  return (await unwrap(loose.GET<{ items: ApplicationSummary[] }>("/api/v1/applications", { params, signal }))).items;
}

export async function listForms(lang: Language, signal: AbortSignal): Promise<FormSummary[]> {
  const params = { query: { lang } };
  return (await unwrap(loose.GET<{ items: FormSummary[] }>("/api/v1/forms", { params, signal }))).items;
}

export async function deleteDraft({ draft_id, revision }: DraftSummary): Promise<void> {
  const params = { path: { draft_id }, header: { "If-Match": `"${String(revision)}"` } };
  await unwrap(loose.DELETE("/api/v1/drafts/{draft_id}", { params }));
}

export async function getMyData(lang: Language, signal: AbortSignal): Promise<MyData> {
  return unwrap(loose.GET<MyData>(ME, { params: { query: { lang } }, signal }));
}

export async function listSessions(signal: AbortSignal): Promise<OwnSession[]> {
  return (await unwrap(loose.GET<{ items: OwnSession[] }>("/api/v1/auth/citizen/sessions", { signal }))).items;
}

export async function endSessions(): Promise<void> {
  await unwrap(loose.POST("/api/v1/auth/citizen/sessions/end", { body: {} }));
}

export async function setElectronicDelivery(allowed: boolean): Promise<void> {
  await unwrap(loose.POST(`${ME}/electronic-delivery`, { body: { allowed } }));
}

export async function deleteMyAccount(): Promise<void> {
  await unwrap(loose.POST(`${ME}/delete`, { body: {} }));
}

export async function listPowers(signal: AbortSignal): Promise<Power[]> {
  return (await unwrap(loose.GET<{ items: Power[] }>(POWERS, { signal }))).items;
}

export async function grantPower(valid_until: string): Promise<Power> {
  return unwrap(loose.POST<Power>(POWERS, { body: { valid_until } }));
}

export async function acceptPower(code: string): Promise<Power> {
  return unwrap(loose.POST<Power>(`${POWERS}/accept`, { body: { code } }));
}

export async function revokePower(power_id: string): Promise<Power> {
  return unwrap(loose.POST<Power>(`${POWERS}/{power_id}/revoke`, { params: { path: { power_id } }, body: {} }));
}
