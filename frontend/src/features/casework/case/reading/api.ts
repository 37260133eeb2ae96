/** What only reading a case asks the network for. */
import { client, unwrap } from "../../../../api/client";
import { ApiProblem } from "../../../../api/problem";
import { getCase, WATCHING } from "../../api";
import type { Case } from "../../types";

const CASE = "/api/v1/staff/cases";
const PRESENCE = "/api/v1/staff/cases/{reference}/presence";

/** Addresses of files, pages of them and letters, for plain links and pictures; the session opens them. */
export const fileAddress = (reference: string, attachment: string) =>
  `${CASE}/${reference}/attachments/${attachment}/content`;
export const viewAddress = (reference: string, attachment: string, page: number, width: number) =>
  `${CASE}/${reference}/attachments/${attachment}/pages/${String(page)}?width=${String(width)}`;
export const letterAddress = (reference: string, letter: string) => `${CASE}/${reference}/letters/${letter}`;

export async function readText(
  reference: string,
  attachment_id: string,
  signal: AbortSignal,
): Promise<{ pages: string[] }> {
  const params = { path: { reference, attachment_id } };
  return unwrap(client.GET("/api/v1/staff/cases/{reference}/attachments/{attachment_id}/text", { params, signal }));
}

export interface Presence {
  present: Case["present"];
  revision: number;
}

export async function tellPresence(reference: string): Promise<Presence> {
  return unwrap(client.POST(PRESENCE, { params: { path: { reference } }, headers: WATCHING }));
}

/** Told while the page goes away, so nothing waits for it. */
export function endPresence(reference: string): void {
  const params = { path: { reference } };
  unwrap(client.DELETE(PRESENCE, { params, headers: WATCHING })).catch(() => undefined);
}

/** Puts labels on one case and takes others off; gives the case as it is afterwards. */
export async function labelCase(reference: string, add: string[], remove: string[]): Promise<Case> {
  const body = { action: "label" as const, cases: [reference], add, remove, preview: false };
  const { failed } = await unwrap(client.POST("/api/v1/staff/cases/batch", { body }));
  const [refused] = failed;
  if (refused) throw new ApiProblem({ code: refused.code, status: 409 });
  return getCase(reference, "work", new AbortController().signal);
}
