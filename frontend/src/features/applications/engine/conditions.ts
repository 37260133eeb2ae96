/** Tests a condition (JSON Schema of a few keywords) on answers; interpreted, because the page allows no eval. */
import type { Condition, ConditionSchema, Json } from "./form";
import { isList, isObject, own } from "./values";

const TYPES: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  array: isList,
  object: isObject,
  null: (value) => value === null,
};

/** True when the value fits; a keyword for another kind of value says nothing, as in JSON Schema. */
export function holds(condition: Condition, value: Json): boolean {
  if (typeof condition === "boolean") return condition;
  return (
    ofAny(condition, value) &&
    (!isObject(value) || ofObject(condition, value)) &&
    (!isList(value) || ofList(condition, value)) &&
    (typeof value !== "number" || (value >= (condition.minimum ?? value) && value <= (condition.maximum ?? value)))
  );
}

function ofAny(condition: ConditionSchema, value: Json): boolean {
  return (
    (condition.type === undefined || (TYPES[condition.type]?.(value) ?? false)) &&
    (condition.const === undefined || condition.const === value) &&
    (condition.enum?.includes(value) ?? true) &&
    (condition.not === undefined || !holds(condition.not, value)) &&
    (condition.allOf?.every((part) => holds(part, value)) ?? true) &&
    (condition.anyOf?.some((part) => holds(part, value)) ?? true)
  );
}

function ofObject(condition: ConditionSchema, value: Readonly<Record<string, Json>>): boolean {
  return (
    (condition.required?.every((name) => Object.hasOwn(value, name)) ?? true) &&
    Object.entries(condition.properties ?? {}).every(([name, inner]) => {
      const part = own(value, name);
      return part === undefined || holds(inner, part);
    })
  );
}

function ofList(condition: ConditionSchema, value: readonly Json[]): boolean {
  const inner = condition.contains;
  return value.length >= (condition.minItems ?? 0) && (inner === undefined || value.some((item) => holds(inner, item)));
}
