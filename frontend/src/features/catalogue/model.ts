/** View logic of the catalogue: order, groups, first times. */
import type { Availability, LifeSituation, OpeningHours, ServiceSummary, ServiceWay, Slot } from "../../api/types";

/** Services that are asked for most (editorial choice); what the catalogue does not hold is left out. */
export const OFTEN_ASKED = ["personalausweis", "wohnsitz-anmelden", "reisepass", "bewohnerparken", "fuehrungszeugnis"];

export interface ServiceGroup {
  situation: LifeSituation;
  services: ServiceSummary[];
}

/** Results by life situation; the group with the best result first, the order of the search kept inside. */
export function groupBySituation(
  services: readonly ServiceSummary[],
  situations: readonly LifeSituation[],
): ServiceGroup[] {
  const groups = new Map<string, ServiceGroup>();
  for (const service of services) {
    const situation = situations.find(({ slug }) => slug === service.life_situation);
    if (!situation) continue;
    const group = groups.get(situation.slug) ?? { situation, services: [] };
    group.services.push(service);
    groups.set(situation.slug, group);
  }
  return [...groups.values()];
}

/** Services in the order of the language's alphabet, by first letter. */
export function groupByLetter(
  services: readonly ServiceSummary[],
  locale: string,
): [letter: string, services: ServiceSummary[]][] {
  const collator = new Intl.Collator(locale);
  const sorted = [...services].sort((a, b) => collator.compare(a.name.text, b.name.text));
  const groups = new Map<string, ServiceSummary[]>();
  for (const service of sorted) {
    const letter = service.name.text.normalize("NFD").charAt(0).toLocaleUpperCase(locale);
    groups.set(letter, [...(groups.get(letter) ?? []), service]);
  }
  return [...groups];
}

/** The first free time of each office, earliest office first; `first` may reach further than the days. */
export function firstPerOffice(availability: Availability): Slot[] {
  const firsts = new Map<string, Slot>();
  for (const slot of [...availability.days.flatMap((day) => day.slots), ...availability.first]) {
    const known = firsts.get(slot.office);
    if (!known || Date.parse(slot.starts_at) < Date.parse(known.starts_at)) firsts.set(slot.office, slot);
  }
  return [...firsts.values()].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

/** Ways that work in the order of the backend (without coming first), then those that do not. */
export function orderWays(ways: readonly ServiceWay[]): ServiceWay[] {
  return [...ways.filter((way) => way.possible), ...ways.filter((way) => !way.possible)];
}

/** A way has an own action when something can be opened or booked. */
export function hasAction(way: ServiceWay, bookable: boolean): boolean {
  return way.possible && (way.kind === "appointment" ? bookable : way.url !== null || way.form !== null);
}

/** The one way whose action is the filled button of the page. */
export function mainWay(ways: readonly ServiceWay[], bookable: boolean): ServiceWay | undefined {
  return ways.find((way) => hasAction(way, bookable));
}

/** Opening periods by weekday, Monday first; days without a period are absent. */
export function hoursByWeekday(hours: readonly OpeningHours[]): [weekday: number, periods: OpeningHours[]][] {
  const days = new Map<number, OpeningHours[]>();
  for (const period of hours) days.set(period.weekday, [...(days.get(period.weekday) ?? []), period]);
  return [...days].sort(([a], [b]) => a - b);
}
