/** Shapes of a person's own area as the backend sends them; the truth is schema.d.ts. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type DraftSummary = Schemas["DraftLine"];
export type ApplicationSummary = Schemas["Status"];
export type FormSummary = Schemas["FormSummary"];
export type OwnSession = Schemas["OwnSession"];
export type Power = Schemas["Power"];
export type Claim = Schemas["Claim"];
export type Look = Schemas["Look"];
export type Section = Schemas["Section"];
export type MyData = Schemas["MyData"];
