/** Which pages a role opens; the server judges every request itself, this only decides what is offered. */

export const PAGES = [
  "list",
  "letters",
  "opinions",
  "status",
  "refunds",
  "routing",
  "trail",
  "retention",
  "settings",
] as const;
export type StaffPage = (typeof PAGES)[number];

const CASE_WORK = ["clerk", "lead", "second_approver"];
const ROLES: Readonly<Record<StaffPage, readonly string[]>> = {
  list: CASE_WORK,
  letters: CASE_WORK,
  opinions: CASE_WORK,
  status: [...CASE_WORK, "phone_agent"],
  refunds: ["lead", "administrator"],
  routing: ["lead", "administrator"],
  trail: ["auditor"],
  retention: ["auditor", "administrator"],
  settings: [...CASE_WORK, "auditor", "phone_agent", "administrator"],
};

export function opens(roles: readonly string[], page: StaffPage): boolean {
  return roles.some((role) => ROLES[page].includes(role));
}
