/** Shapes of the booking API (docs: the committed openapi.json), as far as the portal reads them. */

import type { Language } from "../../i18n/languages";

export interface LocalText {
  text: string;
  lang: string;
}

export type Need = "step_free" | "sign_language" | "large_room";

export interface Slot {
  office: string;
  starts_at: string;
  ends_at: string;
}

export interface AvailabilityDay {
  date: string;
  slots: Slot[];
}

export interface Availability {
  searched_until: string;
  first: Slot[];
  days: AvailabilityDay[];
}

export interface OfficeSummary {
  slug: string;
  name: string;
  short_name: string;
  authority: string;
  kind: "permanent" | "mobile";
  address: { street: string | null; postcode: string | null; city: string };
  bookable: boolean;
}

export interface OpeningHour {
  kind: "open" | "appointment" | "walk_in" | "express" | "phone";
  weekday: number;
  opens: string;
  closes: string;
}

export interface Office extends OfficeSummary {
  hours: OpeningHour[];
  services: ServiceSummary[];
}

export interface ServiceSummary {
  slug: string;
  name: LocalText;
  summary: LocalText;
  short_concern: boolean;
  bookable: boolean;
}

export interface Service extends ServiceSummary {
  documents: { name: LocalText; hint: LocalText | null; authority: string | null }[];
  duration_minutes: number | null;
  further_person_minutes: number | null;
  max_quantity: number;
  offices: OfficeSummary[];
  combinable_with: string[];
}

export interface ServiceWish {
  service: string;
  quantity: number;
}

export interface HoldWish {
  services: ServiceWish[];
  office: string;
  starts_at: string;
  language: Language;
  needs: Need[];
  origin?: string;
}

export interface Hold {
  hold_id: string;
  secret: string;
  office: string;
  starts_at: string;
  ends_at: string;
  expires_at: string;
  extensions_left: number;
}

export interface Person {
  given_name: string | null;
  family_name: string | null;
}

export interface Contact {
  email: string | null;
  mobile: string | null;
}

export type AppointmentState = "unconfirmed" | "booked" | "cancelled" | "expired";

export interface Booked {
  reference: string;
  secret: string;
  code: string;
  state: AppointmentState;
}

export interface Appointment {
  reference: string;
  state: AppointmentState;
  services: { service: string; quantity: number; name: LocalText }[];
  office: OfficeSummary;
  place: { name: string | null; street: string | null; postcode: string | null; city: string };
  starts_at: string;
  ends_at: string;
  language: string;
  person: Person;
  contact: Contact;
  needs: string[];
  confirm_by: string | null;
  extensions_left: number | null;
  undo_until: string | null;
  sequence: number;
  demo: boolean;
}

export interface FieldFault {
  pointer: string;
  code: string;
  params?: Record<string, unknown>;
}
