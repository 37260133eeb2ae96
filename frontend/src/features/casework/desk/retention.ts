/** What will be erased: its network, and the month of one list as it stands in the address. */
import type { components } from "../../../api/schema";
import { client, unwrap } from "../../../api/client";
import type { Retention } from "../types";

export interface Wanted {
  /** "2026-12" */
  month: string;
  service: string;
}

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;
const SERVICE = /^[a-z0-9-]{1,80}$/;

/** Null for the list of all months, also when the address names none that can be. */
export function wantedOf(search: string): Wanted | null {
  const given = new URLSearchParams(search);
  const [month, service] = [given.get("monat") ?? "", given.get("dienst") ?? ""];
  return MONTH.test(month) && SERVICE.test(service) ? { month, service } : null;
}

const NAMES = new Intl.DateTimeFormat("de-DE", { month: "long", year: "numeric", timeZone: "UTC" });

/** "Dezember 2026" for "2026-12". */
export const monthName = (month: string): string => NAMES.format(new Date(`${month}-01T00:00:00Z`));

/** The look is written down in the trail. */
export async function previewRetention(signal: AbortSignal): Promise<Retention> {
  return unwrap(client.GET("/api/v1/staff/retention", { signal }));
}

export async function listRetention(
  { month, service }: Wanted,
  after: string | null,
  signal: AbortSignal,
): Promise<components["schemas"]["RetainedPage"]> {
  const params = { query: { month, service, after } };
  return unwrap(client.GET("/api/v1/staff/retention/cases", { params, signal }));
}
