/** Every fault of the visible answers, as the server says it too. The twin of backend/forms/validation.py. */
import { check, count, fault, type Around, type Fault } from "./checks";
import { holds } from "./conditions";
import { berlinToday } from "./dates";
import {
  partsOf,
  repeated,
  type Answers,
  type FieldError,
  type Form,
  type Json,
  type JsonObject,
  type Node,
  type Nodes,
} from "./form";
import { cleanedParts, isEmpty, isList, isObject, own, step } from "./values";
import { keep, type Kept, type PageView } from "./visibility";

interface Place extends Around {
  readonly groups: ReadonlySet<string>;
}

/** Faults in the order of asking; with a page (its address, `child.2`) only those of its fields. */
export function validate(form: Form, answers: Answers, page?: string, today: string = berlinToday()): FieldError[] {
  const kept = keep(form, answers);
  const views = kept.pages.filter((view) => page === undefined || view.key === page);
  const groups = repeated(form);
  const found = views.flatMap((view) => ofView(form, kept, view, { today, level: {}, checks: form.checks, groups }));
  return page === undefined ? [...found, ...unknown(form, answers, groups)] : found;
}

function ofView(form: Form, kept: Kept, view: PageView, around: Place): FieldError[] {
  const group = view.page.repeat;
  const node = group === undefined ? undefined : form.schema.properties[group];
  const nodes = node ? partsOf(node) : form.schema.properties;
  const base = group === undefined ? "" : step(group) + step(view.entry ?? 0);
  const level = group === undefined ? kept.answers : entryOf(kept.answers, group, view.entry ?? 0);
  return view.page.fields.flatMap(({ field, required = true }) => {
    const pointer = base + step(field);
    const inner = nodes[field];
    if (!view.fields.includes(pointer) || !inner) return [];
    const value = own(level, field);
    if (value !== undefined && !isEmpty(value)) return ofValue(inner, value, pointer, { ...around, level });
    return holds(required, level) ? [missing(inner, pointer)] : [];
  });
}

function entryOf(answers: JsonObject, group: string, at: number): JsonObject {
  const entries = own(answers, group);
  const entry = isList(entries) ? entries[at] : undefined;
  return isObject(entry) ? entry : {};
}

/** Nothing was answered where an answer is needed. */
function missing(node: Node, pointer: string): FieldError {
  return error(pointer, fault(node["x-type"] === "declaration" ? "must_agree" : "required"));
}

function error(pointer: string, { code, params }: Fault): FieldError {
  return { pointer, code, params };
}

function ofValue(node: Node, value: Json, pointer: string, around: Place): FieldError[] {
  if (node["x-type"] === "group") return ofGroup(node, value, pointer, around);
  if (node["x-type"] === "address" || node["x-type"] === "person") {
    return ofParts(node, node.properties ?? {}, node.required ?? [], value, pointer, around);
  }
  const found = check(node, value, around);
  return found ? [error(pointer, found)] : [];
}

function ofGroup(node: Node, value: Json, pointer: string, around: Place): FieldError[] {
  if (!isList(value)) return [error(pointer, fault("wrong_type"))];
  const wrong = count(node, value);
  const inline = !around.groups.has(pointer.slice(1));
  const items = node.items ?? {};
  return [
    ...(wrong ? [error(pointer, wrong)] : []),
    ...value.slice(0, node.maxItems).flatMap((entry, at) => {
      if (!isObject(entry)) return [error(pointer + step(at), fault("wrong_type"))];
      return inline
        ? ofParts(null, items.properties ?? {}, items.required ?? [], entry, pointer + step(at), around)
        : [];
    }),
  ];
}

function ofParts(
  node: Node | null,
  nodes: Nodes,
  required: readonly string[],
  value: Json,
  pointer: string,
  around: Place,
): FieldError[] {
  if (!isObject(value)) return [error(pointer, fault("wrong_type"))];
  const inner = { ...around, level: value };
  const known = Object.entries(nodes).flatMap(([name, part]) => {
    const typed = own(value, name);
    if (typed === undefined) return required.includes(name) ? [missing(part, pointer + step(name))] : [];
    const found = ofValue(part, typed, pointer + step(name), inner);
    const wrong = !found.length && name === "postcode" && node ? ofPostcode(node, value, around) : null;
    return wrong ? [error(pointer + step(name), wrong)] : found;
  });
  const foreign = Object.keys(value).filter((name) => !Object.hasOwn(nodes, name));
  return [...known, ...foreign.map((name) => error(pointer + step(name), fault("unknown_field")))];
}

/** German postcodes have five digits; some forms take those of one town only. */
function ofPostcode(node: Node, value: JsonObject, { checks }: Around): Fault | null {
  const country = own(value, "country");
  if (node["x-type"] !== "address" || (country !== undefined && country !== "DE")) return null;
  const postcode = String(own(value, "postcode"));
  const area = node.properties?.["postcode"]?.["x-postcodes"];
  const town = own(checks.postcodes, postcode);
  const right = area === undefined || (area === "land" ? town !== undefined : town === area);
  return right && new RegExp(checks.postcode.pattern, "u").test(postcode) ? null : fault("unknown_postcode");
}

/** Keys that the form does not have; entries of groups with pages of their own included. */
function unknown(form: Form, answers: Answers, groups: ReadonlySet<string>): FieldError[] {
  const nodes = form.schema.properties;
  const given = cleanedParts(nodes, answers);
  return Object.keys(given)
    .sort()
    .flatMap((name) => {
      const node = own(nodes, name);
      const value = own(given, name);
      if (!node) return [error(step(name), fault("unknown_field"))];
      if (!groups.has(name) || !isList(value)) return [];
      return value.flatMap((entry, at) => {
        const foreign = isObject(entry) ? Object.keys(entry).filter((key) => !Object.hasOwn(partsOf(node), key)) : [];
        return foreign.sort().map((key) => error(step(name) + step(at) + step(key), fault("unknown_field")));
      });
    });
}
