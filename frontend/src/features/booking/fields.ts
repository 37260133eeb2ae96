/** First look at what was typed, so that plain slips show before the server is asked. The server stays the judge. Pure. */
import type { Typed } from "./storage";
import type { FieldFault } from "./types";

/** Control of each part of the request, by JSON pointer. */
export const CONTROL: Record<string, string> = {
  "/person/given_name": "given-name",
  "/person/family_name": "family-name",
  "/contact/email": "email",
  "/contact/mobile": "mobile",
  "/contact": "email",
  "/person": "family-name",
};

const LATIN_NAME = /^[\p{Script=Latin}\p{M}\p{P}\p{S}\p{N}\s\u02b0-\u02ff]*$/u;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function nameFault(pointer: string, name: string): FieldFault[] {
  if (!name.trim()) return [{ pointer, code: "required" }];
  return LATIN_NAME.test(name) ? [] : [{ pointer, code: "name_script" }];
}

/** What is wrong with a mail address at first sight. */
export function mailFault(typed: string): FieldFault | null {
  const email = typed.trim();
  const pointer = "/contact/email";
  if (!email) return { pointer, code: "required" };
  return MAIL.test(email) ? null : { pointer, code: "email_invalid" };
}

/** Faults in the order of the fields; an empty list lets the person go on. */
export function lookOver(typed: Typed): FieldFault[] {
  const given = typed.oneName ? [] : nameFault("/person/given_name", typed.givenName);
  const mail = mailFault(typed.email);
  return [...given, ...nameFault("/person/family_name", typed.familyName), ...(mail ? [mail] : [])];
}

/** Fields without the faults that another value may have cured. */
export function withoutFault(faults: readonly FieldFault[], pointer: string): FieldFault[] {
  return faults.filter((fault) => fault.pointer !== pointer);
}
