/** Pure view logic of filling a form: pointers, answers inside answers, what was typed as what is sent. */
import type { FieldError } from "../../api/problem";
import { partsOf, type Answers, type Json, type Node, type Nodes } from "./engine/form";
import { isList, isObject, step as pointerStep } from "./engine/values";
import type { Check, Visit } from "./types";

/** Steps into the answers: field ids, names of parts, and places of entries from 0. */
export type Path = readonly (string | number)[];

export const pointerOf = (path: Path): string => path.map(pointerStep).join("");

/** Id of the control of a place: "/children/0/name" is "f-children-0-name". */
export const controlOf = (pointer: string): string => `f${pointer.replaceAll("/", "-")}`;

/** Address of a page below the draft. */
export const pageAddress = (service: string, draft: string, page = ""): string =>
  `/antrag/${service}/${draft}${page && `/${page}`}`;

/** Whether the rules ask for the visit; else it is only the other way, for who cannot send it online. */
export const visitAsked = ({ route, visit }: Pick<Check, "route" | "visit">): boolean =>
  visit !== null && route.way === "appointment";

/** Where a visit is booked; booking tells the application about it by the visit's word. */
export function bookingAddress({ service, office, origin }: Pick<Visit, "service" | "office" | "origin">): string {
  const at = office ? `&office=${office}` : "";
  return `/buchen/leistungen?service=${service}:1${at}&origin=${origin}`;
}

/** The answer at a place, undefined when there is none. */
export function at(answers: Json | undefined, path: Path): Json | undefined {
  let value = answers;
  for (const step of path) {
    if (isList(value) && typeof step === "number") value = value[step];
    else if (isObject(value)) value = value[step];
    else return undefined;
  }
  return value;
}

/** The answers with another value at a place; what is on the way is made. */
export function put(value: Json | undefined, [step, ...rest]: Path, to: Json | undefined): Json {
  if (step === undefined) return to ?? null;
  if (typeof step === "number") {
    const list = isList(value) ? [...value] : [];
    list[step] = put(list[step], rest, to);
    return list;
  }
  const object = isObject(value) ? value : {};
  return { ...object, [step]: put(object[step], rest, to) };
}

const NUMBER = /^[+-]?\d{1,15}$/;
const AMOUNT = /^(\d{1,12})(?:[.,](\d{1,2}))?$/;

/** Cents of a typed amount ("12,50", "12.5", "1 200"); null when it is none. */
export function centsOf(typed: string): number | null {
  const [, euros, cents = ""] = AMOUNT.exec(typed.replace(/[\s\u00a0\u202f€]/g, "")) ?? [];
  return euros === undefined ? null : Number(euros) * 100 + Number(cents.padEnd(2, "0"));
}

/** What was typed as the JSON that the schema wants; numbers that cannot be read stay text. */
export function read(node: Node, value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  const type = node["x-type"];
  if (type === "number" && typeof value === "string") {
    const digits = value.replace(/[\s\u00a0\u202f]/g, "");
    return digits === "" ? null : NUMBER.test(digits) ? Number(digits) : value;
  }
  if (type === "money" && typeof value === "string") {
    return value.trim() === "" ? null : (centsOf(value) ?? value);
  }
  if (type === "group" && isList(value)) return value.map((entry) => partsRead(partsOf(node), entry));
  if (type === "address" || type === "person") return partsRead(partsOf(node), value);
  return value;
}

function partsRead(nodes: Nodes, value: Json): Json {
  if (!isObject(value)) return value;
  const parts = Object.entries(value).flatMap(([name, part]): [string, Json][] => {
    const node = nodes[name];
    const clean = node ? read(node, part) : part;
    return clean === null ? [] : [[name, clean]];
  });
  return Object.fromEntries(parts);
}

/** Places where a typed number is none: said before the server is asked, since it could not keep them. */
export function misfits(node: Node, value: Json, pointer: string): FieldError[] {
  const type = node["x-type"];
  if ((type === "number" || type === "money") && typeof value === "string") {
    return [{ pointer, code: "wrong_type", params: {} }];
  }
  const within = (nodes: Nodes, object: Json, place: string): FieldError[] =>
    isObject(object)
      ? Object.entries(object).flatMap(([name, part]) => {
          const below = nodes[name];
          return below ? misfits(below, part, `${place}/${name}`) : [];
        })
      : [];
  if (type === "group" && isList(value)) {
    return value.flatMap((entry, number) => within(partsOf(node), entry, `${pointer}/${number}`));
  }
  return type === "address" || type === "person" ? within(partsOf(node), value, pointer) : [];
}

/** Pointers of a refusal name the body (`/answers/kind`); the page knows only answers. */
export function withoutBody(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/answers(?=\/|$)/, "") }));
}

/** Faults of two judges, each place once. */
export function joined(...lists: readonly (readonly FieldError[])[]): FieldError[] {
  const byPlace = new Map<string, FieldError>();
  for (const error of lists.flat()) if (!byPlace.has(error.pointer)) byPlace.set(error.pointer, error);
  return [...byPlace.values()];
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (typeof value === "object" && Object.values(value).every(isEmpty));

/** Whether two answers mean the same: empty ones are alike, parts may stand in any order. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const [left, right] = [one, other] as [Answers, Answers];
  return [...names].every((name) => same(left[name], right[name]));
}

/** Answers with the ids of the files of each slot, as the conditions of the form see them. */
export function withFiles(answers: Answers, files: readonly { slot: string; attachment_id: string }[]): Answers {
  const slots: Record<string, string[]> = {};
  for (const { slot, attachment_id } of files) (slots[slot] ??= []).push(attachment_id);
  return { ...answers, ...slots };
}
