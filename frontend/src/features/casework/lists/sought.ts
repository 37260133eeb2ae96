/** What was typed into the search as the question to the server; it never stands in an address. */
import { normaliseCode } from "../../../lib/codes";
import type { Sought } from "../types";

/** Why nothing can be looked for: nothing typed, or a date of birth beside a number. */
export type Missing = "text" | "name";

const SIGNS = /^[0-9A-Z]{9}$/;
/** Nine letters may be a name; with a digit or in groups they are a number. */
const NUMBER = /\d|^\w{3}-\w{3}-\w{3}$/;

/** A number, or a name with or without a date of birth, which alone is no question. */
export function soughtOf(text: string, birth_date: string): Sought | Missing {
  const typed = text.trim();
  if (!typed) return "text";
  const number = SIGNS.test(normaliseCode(typed)) && NUMBER.test(typed);
  if (number) return birth_date ? "name" : { reference: typed };
  return birth_date ? { name: typed, birth_date } : { name: typed };
}
