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
