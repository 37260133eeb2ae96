/** Shapes of a person's own area. */
import type { Localized } from "../../ui/LocalizedText";
import type { TrustLevel } from "../../api/types";

export interface DraftSummary {
  draft_id: string;
  service: string;
  title: Localized;
  touched_at: string;
  expires_at: string;
  revision: number;
}

export interface ApplicationSummary {
  reference: string;
  title: Localized;
  state: string;
  submitted_at: string | null;
  waiting_for: string | null;
}

export interface FormSummary {
  slug: string;
  title: Localized;
}

export interface OwnSession {
  id: string;
  current: boolean;
  device: string | null;
  seen_at: string;
}

export interface Power {
  power_id: string;
  role: "granted" | "held";
  other: string | null;
  services: string[] | null;
  valid_until: string;
  state: "open" | "accepted" | "over" | "revoked";
  code: string | null;
}

export interface Claim {
  name: string;
  value: unknown;
  source: string;
  asserted_at: string;
}

export interface DataRead {
  at: string;
  who: string;
  what: string;
  reason: string | null;
}

export interface MyData {
  level: TrustLevel;
  electronic_delivery: boolean;
  claims: Claim[];
  reads: DataRead[];
}
