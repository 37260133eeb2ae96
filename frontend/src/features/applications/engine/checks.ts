/** Is one simple value what its x-type says? The first fault, or null. The twin of backend/forms/checks.py. */
import { isDay, limit } from "./dates";
import type { Checks, FieldType, Json, JsonObject, Node } from "./form";
import { foreignSign, isOtherScript } from "./names";
import { isList } from "./values";

export interface Fault {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What a check may look at beside the value: the day, the answers of the same level, the rules of both sides. */
export interface Around {
  readonly today: string;
  readonly level: JsonObject;
  readonly checks: Checks;
}

type Check = (node: Node, value: Json, around: Around) => Fault | null;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/u;
// eslint-disable-next-line no-control-regex -- the same with line feeds allowed
const CONTROL_BUT_LINE_FEED = /[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/u;

export function fault(code: string, params: Fault["params"] = {}): Fault {
  return { code, params };
}

/** How many characters a person sees: combining marks do not count. */
export function length(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, "")).length;
}

export function check(node: Node, value: Json, around: Around): Fault | null {
  return CHECKS[node["x-type"]](node, value, around);
}

const text: Check = (node, value, { checks }) => {
  if (typeof value !== "string") return fault("wrong_type");
  const control = (node["x-type"] === "long_text" ? CONTROL_BUT_LINE_FEED : CONTROL).exec(value)?.[0];
  if (control !== undefined) {
    const number = control.codePointAt(0) ?? 0;
    return fault("bad_characters", { character: `U+${number.toString(16).toUpperCase().padStart(4, "0")}` });
  }
  return charset(node, value, checks) ?? size(node, value);
};

function charset(node: Node, value: string, checks: Checks): Fault | null {
  const wanted = node["x-charset"] ?? "any";
  if (wanted !== "any" && isOtherScript(value)) return fault("not_latin");
  const character = wanted === "name" ? foreignSign(value, checks.name) : null;
  return character === null ? null : fault("bad_characters", { character });
}

function size(node: Node, value: string): Fault | null {
  const { minLength: min = 0, maxLength: max = Infinity, pattern } = node;
  const signs = length(value);
  if (signs < min) return fault("too_short", { min });
  if (signs > max) return fault("too_long", { max });
  return pattern === undefined || new RegExp(pattern, "u").test(value) ? null : fault("pattern");
}

const number: Check = ({ minimum: min = -Infinity, maximum: max = Infinity }, value) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return fault("wrong_type");
  if (value < min) return fault("too_small", { min });
  return value > max ? fault("too_big", { max }) : null;
};

const date: Check = (node, value, { today, level }) => {
  if (typeof value !== "string") return fault("wrong_type");
  if (!isDay(value)) return fault("not_a_date");
  const first = limit(node["x-not-before"], today, level);
  const last = limit(node["x-not-after"], today, level);
  if (first !== null && value < first) return fault("in_the_past", { limit: first });
  return last !== null && value > last ? fault("in_the_future", { limit: last }) : null;
};

const someOf: Check = (node, value) => {
  if (!isList(value) || !value.every((item) => typeof item === "string")) return fault("wrong_type");
  const known = value.every((item) => node.items?.enum?.includes(item));
  return known && new Set(value).size === value.length ? count(node, value) : fault("not_allowed");
};

/** Too few or too many entries. */
export function count({ minItems: min = 0, maxItems: max = Infinity }: Node, value: readonly Json[]): Fault | null {
  if (value.length < min) return fault("too_few", { min });
  return value.length > max ? fault("too_many", { max }) : null;
}

const file: Check = (node, value, { checks }) => {
  const longest = checks.attachment_id.max;
  const right = isList(value) && value.every((item) => typeof item === "string" && Array.from(item).length <= longest);
  return right ? count(node, value) : fault("wrong_type");
};

const yesNo: Check = (_node, value) => (typeof value === "boolean" ? null : fault("wrong_type"));

const declaration: Check = (node, value, around) => yesNo(node, value, around) ?? (value ? null : fault("must_agree"));

/** A string that a rule accepts. */
function shaped(code: string, right: (value: string, checks: Checks, node: Node) => boolean): Check {
  return (node, value, { checks }) => {
    if (typeof value !== "string") return fault("wrong_type");
    return right(value, checks, node) ? null : fault(code);
  };
}

const without = (value: string, ignored: string) => value.replace(new RegExp(ignored, "gu"), "");
const fits = (value: string, pattern: string) => new RegExp(pattern, "u").test(value);

const isAscii = (value: string) => /^[\0-\x7f]*$/.test(value);

/** A usual address; domains with umlauts are shorter, because mail servers write them longer (IDNA). */
function isEmail(value: string, { email }: Checks): boolean {
  if (value.length > (isAscii(value) ? email.max : email.foreign_max) || !fits(value, email.pattern)) return false;
  const at = value.lastIndexOf("@");
  const labels = value.slice(at + 1).split(".");
  if (at > email.local_max || email.refused_ends.includes((labels.at(-1) ?? "").toLowerCase())) return false;
  return labels.every((label) => label.length <= (isAscii(label) ? email.label_max : email.foreign_label_max));
}

function isIban(value: string, { iban }: Checks): boolean {
  if (!iban) return false;
  const typed = without(value, iban.ignored);
  const code = typed.toUpperCase();
  if (!fits(typed, iban.pattern) || code.length !== (iban.lengths[code.slice(0, 2)] ?? code.length)) return false;
  const digits = Array.from(code.slice(4) + code.slice(0, 4), (sign) => parseInt(sign, 36)).join("");
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

const CHECKS: Readonly<Record<FieldType, Check>> = {
  text,
  long_text: text,
  number,
  money: number,
  date,
  yes_no: yesNo,
  one_of: shaped("not_allowed", (value, _checks, node) => node.enum?.includes(value) ?? false),
  some_of: someOf,
  file,
  country: shaped("not_allowed", (value, checks) => checks.countries?.includes(value) ?? false),
  declaration,
  email: shaped("not_an_email", isEmail),
  phone: shaped("not_a_phone", (value, { phone }) => fits(without(value, phone.ignored), phone.pattern)),
  plate: shaped(
    "not_a_plate",
    (value, { plate }) => fits(value, plate.pattern) && without(value, plate.ignored).length <= plate.most_signs,
  ),
  iban: shaped("not_an_iban", isIban),
  // Places with parts are judged part by part in validation.ts.
  address: () => null,
  person: () => null,
  group: () => null,
};
