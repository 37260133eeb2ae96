/** Pure view logic of booking: the selection in the address, steps, lengths and time left. No React, no network. */
import type { Need, Service, ServiceWish, Slot } from "./types";

export const STEPS = ["services", "places", "time", "data", "check"] as const;
export type Step = (typeof STEPS)[number];

export const NEEDS: readonly Need[] = ["step_free", "sign_language", "large_room"];

/** Slugs of the path, the same in every language. */
export const STEP_PATH: Record<Step | "done", string> = {
  services: "/buchen/leistungen",
  places: "/buchen/orte",
  time: "/buchen/zeit",
  data: "/buchen/daten",
  check: "/buchen/pruefen",
  done: "/buchen/fertig",
};

export type DayPart = "morning" | "afternoon";

export interface Selection {
  services: ServiceWish[];
  /** Empty means all offices that offer everything asked for. */
  offices: string[];
  needs: Need[];
  /** First local date to look at; null is today. */
  from: string | null;
  /** ISO weekdays, 1 is Monday; empty means all. */
  weekdays: number[];
  /** Null means the whole day. */
  part: DayPart | null;
  /** The word of an application whose visit this is; it goes into the hold as it came. */
  origin: string | null;
}

export const EMPTY: Selection = {
  services: [],
  offices: [],
  needs: [],
  from: null,
  weekdays: [],
  part: null,
  origin: null,
};

const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/;
const ORIGIN = /^[\w.~-]{1,100}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function parseWish(value: string): ServiceWish | null {
  const [service = "", count = "1"] = value.split(":");
  const quantity = /^\d{1,2}$/.test(count) ? Number(count) : 0;
  return SLUG.test(service) && quantity > 0 ? { service, quantity } : null;
}

export function isNeed(value: string): value is Need {
  return (NEEDS as readonly string[]).includes(value);
}

/** Whether the text is a date of the calendar, as `2026-11-24`. */
export function isDate(value: string): boolean {
  if (!DATE.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

/** Reads the selection from a query string; what cannot be understood is left out, never an error. */
export function parseSelection(query: string): Selection {
  const params = new URLSearchParams(query);
  const services: ServiceWish[] = [];
  for (const wish of params.getAll("service").map(parseWish)) {
    if (wish && !services.some((known) => known.service === wish.service)) services.push(wish);
  }
  const from = params.get("from");
  const part = params.get("part");
  const origin = params.get("origin");
  return {
    services,
    offices: [...new Set(params.getAll("office").filter((slug) => SLUG.test(slug)))],
    needs: [...new Set(params.getAll("need").filter(isNeed))],
    from: from && isDate(from) ? from : null,
    weekdays: [...new Set(params.getAll("weekday").map(Number))].filter((day) => day >= 1 && day <= 7).sort(),
    part: part === "morning" || part === "afternoon" ? part : null,
    origin: origin && ORIGIN.test(origin) ? origin : null,
  };
}

/** Writes the selection as a query string in a stable order, without the question mark. */
export function formatSelection(selection: Selection): string {
  const params = new URLSearchParams();
  for (const { service, quantity } of selection.services) params.append("service", `${service}:${String(quantity)}`);
  for (const office of selection.offices) params.append("office", office);
  for (const need of selection.needs) params.append("need", need);
  if (selection.from) params.set("from", selection.from);
  for (const day of selection.weekdays) params.append("weekday", String(day));
  if (selection.part) params.set("part", selection.part);
  if (selection.origin) params.set("origin", selection.origin);
  return params.toString().replaceAll("%3A", ":");
}

/** Address of a step; the first three carry the selection, the later ones hold personal data and carry nothing. */
export function stepAddress(step: Step | "done", selection: Selection): string {
  const carries = step === "services" || step === "places" || step === "time";
  const query = carries ? formatSelection(selection) : "";
  return query ? `${STEP_PATH[step]}?${query}` : STEP_PATH[step];
}

export function stepNumber(step: Step): number {
  return STEPS.indexOf(step) + 1;
}

/** Persons of an appointment: services are asked for by the same people, so the largest quantity counts. */
export function persons(services: readonly ServiceWish[]): number {
  return Math.max(0, ...services.map((wish) => wish.quantity));
}

/** Services that everything chosen can be combined with, without the chosen ones. */
export function combinable(chosen: readonly Service[]): string[] {
  const [first, ...others] = chosen;
  if (!first) return [];
  const taken = new Set(chosen.map((service) => service.slug));
  return first.combinable_with.filter(
    (slug) => !taken.has(slug) && others.every((service) => service.combinable_with.includes(slug)),
  );
}

/** Offices that offer every chosen service and can be booked, in the order of the first service. */
export function commonOffices<T extends { slug: string; bookable: boolean }>(
  chosen: readonly { offices: readonly T[] }[],
): T[] {
  const [first, ...others] = chosen;
  if (!first) return [];
  return first.offices.filter(
    (office) =>
      office.bookable && others.every((service) => service.offices.some((other) => other.slug === office.slug)),
  );
}

/**
 * Cuts a selection from an old or edited address down to what exists: offices that offer everything, persons up to the
 * maximum, dates within the booking horizon.
 */
export function fitSelection(
  selection: Selection,
  services: readonly Pick<Service, "slug" | "max_quantity">[],
  offices: readonly { slug: string }[],
  horizonEnd: string | null,
): Selection {
  const wishes = selection.services.flatMap(({ service, quantity }) => {
    const known = services.find(({ slug }) => slug === service);
    return known ? [{ service, quantity: Math.min(quantity, Math.max(1, known.max_quantity)) }] : [];
  });
  const { from } = selection;
  return {
    ...selection,
    services: wishes,
    offices: selection.offices.filter((slug) => offices.some((office) => office.slug === slug)),
    from: from && horizonEnd && from > horizonEnd ? null : from,
  };
}

export function slotKey(slot: Pick<Slot, "office" | "starts_at">): string {
  return `${slot.office}|${slot.starts_at}`;
}
