/** A correction between the case, which lists answers by pointer, and the form engine, which knows them as one object. Pure. */
import type { FieldError } from "../../../../api/problem";
import { partsOf, type Answers, type Form, type Json, type Node } from "../../../applications/engine/form";
import { put, type Path } from "../../../applications/model";
import type { Case } from "../../types";

/** "/children/0/name" as steps; entries are numbers. */
export function pathOf(pointer: string): Path {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~")));
}

/** All answers of the case as one object. */
export function answersOf({ pages }: Pick<Case, "pages">): Answers {
  const fields = pages.flatMap((page) => page.fields).filter(({ type, value }) => type !== "file" && value !== null);
  return fields.reduce<Json>((all, { pointer, value }) => put(all, pathOf(pointer), value as Json), {}) as Answers;
}

/** The field at a place: of the form itself, or of the entries of a group. */
export function nodeAt(form: Form, path: Path): Node | null {
  const names = path.filter((step) => typeof step === "string");
  let nodes = form.schema.properties;
  let found: Node | null = null;
  for (const name of names) {
    found = nodes[name] ?? null;
    if (!found) return null;
    nodes = partsOf(found);
  }
  return found;
}

/** Faults of the server name the request ("/value/city"); the field knows only its own place. */
export function placedAt(pointer: string, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({
    ...error,
    pointer: error.pointer.replace(/^\/(value|answers)/, (_, root) => (root === "value" ? pointer : "")),
  }));
}
