/** Answers as they are compared: trimmed, NFC, empty ones left out. The twin of backend/forms/values.py. */
import type { Answers, Items, Json, JsonObject, Node, Nodes } from "./form";

const SPACE = "[ \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "gu");

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own property of an object; what it inherits (`constructor`) is not there. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** True for what counts as not answered; false and 0 are answers. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** The value trimmed and without empty parts, as deep as the schema knows it. */
export function cleaned(node: Node | Items | undefined, value: Json): Json {
  if (typeof value === "string") return value.replaceAll("\r\n", "\n").normalize("NFC").replace(AROUND, "");
  if (isList(value)) {
    const items = node && "items" in node ? node.items : undefined;
    return items ? value.map((item) => cleaned(items, item)) : value;
  }
  return isObject(value) && node?.properties ? cleanedParts(node.properties, value) : value;
}

/** All parts cleaned; empty ones are left out. */
export function cleanedParts(nodes: Nodes, answers: Answers): JsonObject {
  const parts = Object.entries(answers).map(([key, value]) => [key, cleaned(own(nodes, key), value)] as const);
  return Object.fromEntries(parts.filter(([, value]) => !isEmpty(value)));
}

/** One step of a JSON pointer. */
export function step(name: string | number): string {
  return `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
