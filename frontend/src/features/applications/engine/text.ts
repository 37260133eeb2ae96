/** Words of a form: simple ICU (`{name}`, plural, select) and the chains of keys. The twin of backend/forms/icu.py, texts.py. */
import { partsOf, type FieldError, type Form, type FormText, type Node, type Nodes } from "./form";
import { own } from "./values";

export type TextValues = Readonly<Record<string, unknown>>;

const HEAD = /\{\s*(\w+)\s*(?:\}|,\s*(plural|select)\s*,)/y;
const BRANCH = /\s*(=\d+|\w+)\s*\{/y;
const NO_VALUES: TextValues = {};

/** The message with its values; a missing value stays visible as its placeholder. */
export function formatText(message: string, lang: string, values: TextValues = NO_VALUES, number?: string): string {
  let text = "";
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf("{", at);
    const plain = message.slice(at, open < 0 ? undefined : open);
    text += number === undefined ? plain : plain.replaceAll("#", number);
    if (open < 0) break;
    const [written, end] = argument(message, open, lang, values, number);
    text += written;
    at = end;
  }
  return text;
}

function argument(message: string, at: number, lang: string, values: TextValues, number?: string): [string, number] {
  const [head = "{", name = "", kind] = matchAt(HEAD, message, at) ?? [];
  if (kind === undefined) return [String(own(values, name) ?? `{${name}}`), at + head.length];
  const branches: Record<string, string> = {};
  let place = at + head.length;
  for (let found = matchAt(BRANCH, message, place); found; found = matchAt(BRANCH, message, place)) {
    const [opening, key = ""] = found;
    const end = closing(message, place + opening.length);
    branches[key] = message.slice(place + opening.length, end);
    place = end + 1;
  }
  const value = own(values, name) ?? "";
  const chosen =
    branches[kind === "plural" ? pluralOf(branches, lang, value) : String(value)] ?? branches["other"] ?? "";
  const inner = formatText(chosen, lang, values, kind === "plural" ? String(value) : number);
  return [inner, message.indexOf("}", place) + 1];
}

function matchAt(pattern: RegExp, message: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(message);
}

/** The place of the brace that closes what was opened before `at`. */
function closing(message: string, at: number): number {
  for (let depth = 1; at < message.length; at++) {
    depth += message[at] === "{" ? 1 : message[at] === "}" ? -1 : 0;
    if (depth === 0) return at;
  }
  return at;
}

function pluralOf(branches: Readonly<Record<string, string>>, lang: string, value: unknown): string {
  const exact = `=${String(value)}`;
  if (exact in branches || typeof value !== "number") return exact;
  return new Intl.PluralRules(lang === "de-simple" ? "de" : lang).select(value);
}

/** The first text of these keys that the form has, with its values, or null. */
export function textOf(form: Form, keys: string | readonly string[], values: TextValues = NO_VALUES): FormText | null {
  for (const key of typeof keys === "string" ? [keys] : keys) {
    const found = own(form.texts, key);
    if (found) return { text: formatText(found.text, found.lang, values), lang: found.lang };
  }
  return null;
}

/** The sentence of a fault at its field; of a code that no form knows: that the value could not be read. */
export function errorText(form: Form, { pointer, code, params }: FieldError): FormText {
  const label = labelOf(form, pointer)?.text ?? pointer;
  const keys = [...chain(form, pointer, `error.${code}`), "error.wrong_type"];
  return textOf(form, keys, { label, ...params }) ?? { text: label, lang: form.lang };
}

/** The label of the field at a pointer. */
export function labelOf(form: Form, pointer: string): FormText | null {
  return textOf(form, chain(form, pointer, "label"));
}

/** The keys to try for a text of a place: its own, its kind's (`address.street.label`), everybody's. */
export function chain(form: Form, pointer: string, suffix: string): string[] {
  const names: string[] = [];
  const nodes: Node[] = [];
  let known: Nodes = form.schema.properties;
  for (const name of pointer.split("/").slice(1)) {
    const node = own(known, name);
    if (node) {
      names.push(name);
      nodes.push(node);
      known = partsOf(node);
    } else if (nodes.at(-1)?.["x-type"] !== "group" || !/^\d+$/.test(name)) break;
  }
  const [above, last] = [nodes.at(-2)?.["x-type"], nodes.at(-1)];
  const part = above === "address" || above === "person" ? [`${above}.${names.at(-1) ?? ""}.${suffix}`] : [];
  const kind = last && (last["x-charset"] === "name" ? "name" : last["x-type"]);
  return [[...names, suffix].join("."), ...part, ...(kind ? [`${kind}.${suffix}`] : []), suffix];
}
