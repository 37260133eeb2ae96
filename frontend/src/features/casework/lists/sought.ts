/** What was typed into the search as the question to the server; it never stands in an address. */
import { normaliseCode } from "../../../lib/codes";
import type { Sought } from "../types";

/** Why nothing can be looked for: nothing typed, a date of birth beside a number, or one that is no day. */
export type Missing = "text" | "name" | "date";

const SIGNS = /^[0-9A-Z]{9}$/;
/** Nine letters may be a name; with a digit or in groups they are a number. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /\d|^\w{3}-\w{3}-\w{3}$/;

/** A number, or a name with or without a date of birth, which alone is no question. */
export function soughtOf(text: string, birth_date: string): Sought | Missing {
  // A number copied from a page brings its word joiners along.
  const typed = text.replaceAll("\u2060", "").trim();
  if (!typed) return "text";
  if (birth_date && !DAY.test(birth_date)) return "date";
  const number = SIGNS.test(normaliseCode(typed)) && NUMBER.test(typed);
  if (number) return birth_date ? "name" : { reference: typed };
  return birth_date ? { name: typed, birth_date } : { name: typed };
}
