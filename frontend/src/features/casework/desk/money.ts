/** Fees that go back, and what will be erased: their network. */
import type { components } from "../../../api/schema";
import { client, unwrap } from "../../../api/client";
import type { Refund } from "../types";

type Schemas = components["schemas"];

export async function listRefunds(
  scope: "open" | "done",
  after: string | null,
  signal: AbortSignal,
): Promise<Schemas["Refunds"]> {
  return unwrap(client.GET("/api/v1/staff/refunds", { params: { query: { scope, after } }, signal }));
}

/** Says that the money was given back; a second time changes nothing. */
export async function markRefunded(payment_id: string): Promise<Refund> {
  return unwrap(client.POST("/api/v1/staff/refunds/{payment_id}/done", { params: { path: { payment_id } } }));
}
