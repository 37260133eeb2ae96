/** Deeds of the audit trail and roles in German words; a deed without words is shown by its own name. */
import type { Translate } from "../../../i18n/text";

const ACTIONS = {
  "case.opened": "staff.trail.action.opened",
  "case.searched": "staff.trail.action.searched",
  "case.file_opened": "staff.trail.action.file_opened",
  "case.letter_opened": "staff.trail.action.letter_opened",
  "case.exported": "staff.trail.action.exported",
  "case.list_exported": "staff.trail.action.list_exported",
  "case.trail_exported": "staff.trail.action.trail_exported",
  "case.status_told": "staff.trail.action.status_told",
  "case.opinion_read": "staff.trail.action.opinion_read",
  "case.handed_over": "staff.trail.action.handed_over",
  "case.taken": "staff.trail.action.taken",
  "case.assigned": "staff.trail.action.assigned",
  "case.labelled": "staff.trail.action.labelled",
  "case.noted": "staff.trail.action.noted",
  "case.proposed": "staff.trail.action.proposed",
  "case.approved": "staff.trail.action.approved",
  "case.returned": "staff.trail.action.returned",
  "case.undone": "staff.trail.action.undone",
  "case.left": "staff.trail.action.left",
  "application.read": "staff.trail.action.read",
  "application.opened": "staff.trail.action.opened",
  "application.corrected": "staff.trail.action.corrected",
  "account.sign_in": "staff.trail.action.sign_in",
  "account.sign_out": "staff.trail.action.sign_out",
  "case.audit_listed": "staff.trail.action.audit_listed",
  "case.escalated": "staff.trail.action.escalated",
  "audit.verified": "staff.trail.action.audit_verified",
  "audit.verification_begun": "staff.trail.action.audit_begun",
  "routing.set": "staff.trail.action.routing_set",
  "staff.profile_set": "staff.trail.action.profile_set",
} as const;

const ROLES = {
  clerk: "staff.role.clerk",
  lead: "staff.role.lead",
  second_approver: "staff.role.second_approver",
  auditor: "staff.role.auditor",
  phone_agent: "staff.role.phone_agent",
  administrator: "staff.role.administrator",
} as const;

const has = <Table extends object>(table: Table, key: string): key is Extract<keyof Table, string> =>
  Object.hasOwn(table, key);

export const actionText = (action: string, t: Translate): string =>
  has(ACTIONS, action) ? t(ACTIONS[action]) : action;

export const roleText = (role: string, t: Translate): string => (has(ROLES, role) ? t(ROLES[role]) : role);
