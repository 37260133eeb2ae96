/** Shapes of casework as the backend sends them; the truth is schema.d.ts. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type StaffSession = Schemas["StaffSession"];
export type Case = Schemas["Case"];
export type CaseLine = Schemas["CaseLine"];
export type CasePage = Schemas["CasePage"];
/** Filters and order of a work list. */
export type CaseQuery = Schemas["Filters"];
export type Sought = Schemas["Search"];
export type Service = Schemas["FormSummary"];
export type Profile = Schemas["Profile"];
export type Worker = Schemas["Worker"];
export type SavedView = Schemas["SavedView"];
export type BatchResult = Schemas["BatchResult"];
export type OfficeLetter = Schemas["OfficeLetter"];
export type Opinion = Schemas["Opinion"];
export type AuditEntry = Schemas["AuditEntry"];
export type CaseStatus = Schemas["CaseStatus"];
export type Refund = Schemas["Refund"];
export type Retention = Schemas["Retention"];
export type Retained = Schemas["Retained"];
export type Routing = Schemas["Routing"];
export type RoutingRule = Schemas["RoutingRuleView"];
export type ProfileWish = Schemas["SetProfile"];
