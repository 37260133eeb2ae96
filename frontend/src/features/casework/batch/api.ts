/** Batches: their network. */
import { client, unwrap } from "../../../api/client";
import type { BatchResult } from "../types";
import type { BatchBody } from "./model";

/** Those that fail are named, the rest is done; with `preview` nothing is. */
export async function batchCases(body: BatchBody): Promise<BatchResult> {
  const params = body.preview ? {} : { header: { "Idempotency-Key": crypto.randomUUID() } };
  return unwrap(client.POST("/api/v1/staff/cases/batch", { params, body }));
}

export async function undoBatch(batch_id: string): Promise<BatchResult> {
  return unwrap(client.POST("/api/v1/staff/cases/batch/{batch_id}/undo", { params: { path: { batch_id } } }));
}
