/** Short names of the shapes the backend sends; the truth is schema.d.ts, generated from openapi.json. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Portal = Schemas["Portal"];
export type ServiceSummary = Schemas["ServiceSummary"];
export type Service = Schemas["Service"];
export type ServiceWay = Schemas["Way"];
export type Fee = Schemas["Fee"];
export type OfficeSummary = Schemas["OfficeSummary"];
export type Office = Schemas["Office"];
export type OpeningHours = Schemas["Hours"];
export type Stop = Schemas["Stop"];
export type LifeSituation = Schemas["LifeSituation"];
export type Slot = Schemas["Slot"];
export type Availability = Schemas["Availability"];

/** How surely it is known who somebody is. */
export type TrustLevel = NonNullable<Schemas["Session"]["level"]>;

/** Pages that a sign-in may return to; parameters are slugs, ids and references. */
export interface ReturnTo {
  page: NonNullable<Schemas["ReturnTo"]["page"]>;
  params: Record<string, string>;
}

/** The session of this browser; `expires_at` moves with every use, `absolute_until` never. */
export type Session = Schemas["Session"];
