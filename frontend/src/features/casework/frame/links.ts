/** Addresses and names of the main menu. */
import type { StaffPage } from "./rights";

export const LINKS = {
  list: { href: "/", text: "staff.nav.list" },
  letters: { href: "/briefe", text: "staff.nav.letters" },
  opinions: { href: "/stellungnahmen", text: "staff.nav.opinions" },
  status: { href: "/auskunft", text: "staff.nav.status" },
  refunds: { href: "/erstattungen", text: "staff.nav.refunds" },
  routing: { href: "/verteilung", text: "staff.nav.routing" },
  trail: { href: "/protokoll", text: "staff.nav.trail" },
  retention: { href: "/aufbewahrung", text: "staff.nav.retention" },
  settings: { href: "/einstellungen", text: "staff.nav.settings" },
} as const satisfies Record<StaffPage, { href: string; text: string }>;

/** Whether a page of the menu is the one at this path; a case belongs to the work list. */
export function isAt(href: string, path: string): boolean {
  return href === "/" ? path === "/" || path.startsWith("/vorgang/") : path === href;
}
