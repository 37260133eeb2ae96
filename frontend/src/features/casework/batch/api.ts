/** Batches: their network. */
import type { components } from "../../../api/schema";
import { client, unwrap } from "../../../api/client";
import { WATCHING } from "../api";
import type { BatchResult } from "../types";
import type { BatchBody } from "./model";

const BATCH = "/api/v1/staff/cases/batch";

export type BatchScope = components["schemas"]["BatchScope"];

/** Begins a batch: those that fail are named, what is `left` is carried on by the server; with `preview` nothing is done. */
export async function batchCases(body: BatchBody): Promise<BatchResult> {
  const params = body.preview ? {} : { header: { "Idempotency-Key": crypto.randomUUID() } };
  return unwrap(client.POST(BATCH, { params, body }));
}

/** How far a batch is; does not keep the session alive. */
export async function getBatch(batch_id: string, signal: AbortSignal): Promise<BatchResult> {
  const params = { path: { batch_id } };
  return unwrap(client.GET(`${BATCH}/{batch_id}`, { params, headers: WATCHING, cache: "no-store", signal }));
}

/** What can be asked for in these cases, and the languages of their people. */
export async function getBatchScope(cases: string[], signal: AbortSignal): Promise<BatchScope> {
  return unwrap(client.POST(`${BATCH}/scope`, { body: { cases }, signal }));
}

export async function undoBatch(batch_id: string): Promise<BatchResult> {
  return unwrap(client.POST(`${BATCH}/{batch_id}/undo`, { params: { path: { batch_id } } }));
}
