/** What acting does over the network: every act passes only on the state that was seen and answers the whole case. */
import { client, unwrap } from "../../../../api/client";
import { send } from "../../../../api/network";
import { ApiProblem } from "../../../../api/problem";
import type { components } from "../../../../api/schema";
import type { Json } from "../../../applications/engine/form";
import { ifMatch } from "../../api";
import type { Case } from "../../types";
import type { AskBody, DecisionBody } from "./filling";

type Schemas = components["schemas"];

export type TextBlock = Schemas["Block"];
export type Preview = Schemas["Preview"];

const STAFF = "/api/v1/staff";
const CASE = `${STAFF}/cases/{reference}` as const;

/** The case as it was seen, and one key per intent: a repeat after a broken line is answered like the first try. */
export interface Seen {
  reference: string;
  revision: number;
  key: string;
}

const keyed = ({ key }: Seen) => ({ "Idempotency-Key": key });
const on = (seen: Seen) => ({ path: { reference: seen.reference }, header: { ...ifMatch(seen), ...keyed(seen) } });
/** For acts that disturb nobody, whatever happened meanwhile. */
const alone = (seen: Seen) => ({ path: { reference: seen.reference }, header: keyed(seen) });

export async function listTextBlocks(
  service: string,
  kind: TextBlock["kind"],
  signal: AbortSignal,
): Promise<TextBlock[]> {
  const params = { query: { service, kind } };
  return (await unwrap(client.GET(`${STAFF}/text-blocks`, { params, signal }))).items;
}

export async function assign(seen: Seen, assignee: string | null, team: string | null): Promise<Case> {
  return unwrap(client.POST(`${CASE}/assign`, { params: on(seen), body: { assignee, team } }));
}

export async function openRequest(seen: Seen, body: AskBody): Promise<Case> {
  return unwrap(client.POST(`${CASE}/requests`, { params: on(seen), body }));
}

export async function cancelRequest(seen: Seen, request_id: string): Promise<Case> {
  const { path, header } = on(seen);
  const params = { path: { ...path, request_id }, header };
  return unwrap(client.POST(`${CASE}/requests/{request_id}/cancel`, { params }));
}

export async function previewDecision(reference: string, body: DecisionBody): Promise<Preview> {
  return unwrap(client.POST(`${CASE}/decision/preview`, { params: { path: { reference } }, body }));
}

/** The PDF exactly as it would leave, marked as a draft. */
export async function getDraftLetter(reference: string, body: DecisionBody): Promise<Blob> {
  const address = `${STAFF}/cases/${encodeURIComponent(reference)}/decision/preview.pdf`;
  const headers = { "X-Amtsweg": "1", "Content-Type": "application/json" };
  const url = new URL(address, window.location.origin);
  const response = await send(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
  if (response.ok) return response.blob();
  const document: unknown = await response.json().catch(() => null);
  throw new ApiProblem({ status: response.status, ...(typeof document === "object" && document) });
}

/** Address of the letter of a proposal, for a plain link. */
export const proposedLetterAddress = (reference: string): string =>
  `${STAFF}/cases/${encodeURIComponent(reference)}/decision/letter.pdf`;

export async function proposeDecision(seen: Seen, body: DecisionBody): Promise<Case> {
  return unwrap(client.POST(`${CASE}/decision`, { params: on(seen), body }));
}

export async function approveDecision(seen: Seen): Promise<Case> {
  return unwrap(client.POST(`${CASE}/decision/approve`, { params: on(seen) }));
}

export async function returnDecision(seen: Seen, reason: string): Promise<Case> {
  return unwrap(client.POST(`${CASE}/decision/return`, { params: on(seen), body: { reason } }));
}

export async function undoDecision(seen: Seen): Promise<Case> {
  return unwrap(client.POST(`${CASE}/decision/undo`, { params: on(seen) }));
}

export async function addNote(seen: Seen, text: string): Promise<Case> {
  return unwrap(client.POST(`${CASE}/notes`, { params: alone(seen), body: { text } }));
}

export async function writeToCitizen(seen: Seen, text: string): Promise<Case> {
  return unwrap(client.POST(`${CASE}/messages`, { params: alone(seen), body: { text } }));
}

export async function correct(seen: Seen, pointer: string, value: Json, reason: string): Promise<Case> {
  const body = { pointer, value, reason };
  return unwrap(client.POST(`${CASE}/corrections`, { params: on(seen), body }));
}

export async function askOpinion(seen: Seen, body: Schemas["AskOpinion"]): Promise<Case> {
  return unwrap(client.POST(`${CASE}/opinions`, { params: on(seen), body }));
}

export async function withdrawOpinion(seen: Seen, opinion_id: string): Promise<Case> {
  const { path, header } = on(seen);
  const params = { path: { ...path, opinion_id }, header };
  return unwrap(client.POST(`${CASE}/opinions/{opinion_id}/withdraw`, { params }));
}

export async function handOver(seen: Seen, office: string, note: string): Promise<Case> {
  return unwrap(client.POST(`${CASE}/hand-over`, { params: on(seen), body: { office, note } }));
}

export async function reopen(seen: Seen, reason: string): Promise<Case> {
  return unwrap(client.POST(`${CASE}/reopen`, { params: on(seen), body: { reason } }));
}

/** Address of everything about a case in one file, for a plain link. */
export const exportAddress = (reference: string): string => `${STAFF}/cases/${encodeURIComponent(reference)}/export`;
