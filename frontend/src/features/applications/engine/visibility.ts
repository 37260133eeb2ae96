/** What a person sees and what is left of the answers, in one pass. The twin of backend/forms/visibility.py. */
import { holds } from "./conditions";
import { partsOf, repeated, type Answers, type Form, type FormPage, type Json, type JsonObject } from "./form";
import { cleanedParts, isList, isObject, own, step } from "./values";

/** A visible page: its address (`child.2`), its entry (from 0) or null, pointers of its visible fields. */
export interface PageView {
  readonly key: string;
  readonly page: FormPage;
  readonly entry: number | null;
  readonly fields: readonly string[];
}

export interface Kept {
  readonly answers: JsonObject;
  readonly dropped: readonly string[];
  readonly pages: readonly PageView[];
}

type Growing = Record<string, Json>;

/** The visible pages, the answers to them, and the pointers of all that was dropped. */
export function keep(form: Form, answers: Answers): Kept {
  const given = cleanedParts(form.schema.properties, answers);
  const groups = repeated(form);
  const kept: Growing = {};
  const pages: PageView[] = [];
  for (let at = 0; at < form.pages.length;) {
    const group = form.pages[at]?.repeat;
    let end = at;
    while (end < form.pages.length && form.pages[end]?.repeat === group) end++;
    const block = form.pages.slice(at, end);
    pages.push(...(group ? ofEntries(group, block, given, kept) : ofPages(form, block, given, kept, groups)));
    at = end;
  }
  return {
    answers: kept,
    dropped: droppedOf(groups, given, kept).sort(),
    pages: pages.filter((view) => view.fields.length),
  };
}

export function visiblePages(form: Form, answers: Answers): readonly PageView[] {
  return keep(form, answers).pages;
}

/** Pointers of all visible fields in the order of asking. */
export function visibleFields(form: Form, answers: Answers): string[] {
  return keep(form, answers).pages.flatMap((view) => view.fields);
}

/** The answers trimmed and without hidden, empty and unknown ones, and the pointers of what went. */
export function dropHidden(form: Form, answers: Answers): { answers: JsonObject; dropped: readonly string[] } {
  const { answers: left, dropped } = keep(form, answers);
  return { answers: left, dropped };
}

function ofPages(
  form: Form,
  pages: readonly FormPage[],
  given: JsonObject,
  kept: Growing,
  groups: ReadonlySet<string>,
): PageView[] {
  return pages.map((page) => {
    const fields: string[] = [];
    for (const { field, visible_if: visible = true } of holds(page.visible_if ?? true, kept) ? page.fields : []) {
      if (!holds(visible, kept)) continue;
      fields.push(step(field));
      const value = own(given, field);
      if (value === undefined) continue;
      kept[field] = groups.has(field) && isList(value) ? value.map((entry) => (isObject(entry) ? {} : entry)) : value;
      if (!groups.has(field)) fields.push(...inline(form, field, value));
    }
    return { key: page.id, page, entry: null, fields };
  });
}

/** Pointers of the item fields of a group that is asked on one page. */
function inline(form: Form, field: string, value: Json): string[] {
  const node = form.schema.properties[field];
  if (node?.["x-type"] !== "group" || !isList(value)) return [];
  const names = Object.keys(partsOf(node));
  return value.flatMap((_, at) => names.map((name) => step(field) + step(at) + step(name)));
}

function ofEntries(group: string, pages: readonly FormPage[], given: JsonObject, kept: Growing): PageView[] {
  const entries = own(kept, group);
  const sources = own(given, group);
  if (!isList(entries) || !isList(sources)) return [];
  const shown = pages.filter((page) => holds(page.visible_if ?? true, kept));
  return entries.flatMap((entry, at) => {
    const source = sources[at];
    if (!isObject(entry) || !isObject(source)) return [];
    return shown.map((page) => ofEntry(page, group, at, source, entry));
  });
}

function ofEntry(page: FormPage, group: string, at: number, source: JsonObject, entry: Growing): PageView {
  const fields: string[] = [];
  for (const { field, visible_if: visible = true } of page.fields) {
    if (!holds(visible, entry)) continue;
    fields.push(step(group) + step(at) + step(field));
    const value = own(source, field);
    if (value !== undefined) entry[field] = value;
  }
  return { key: `${page.id}.${String(at + 1)}`, page, entry: at, fields };
}

function droppedOf(groups: ReadonlySet<string>, given: JsonObject, kept: JsonObject): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const left = own(kept, name);
    if (left === undefined) return [step(name)];
    if (!groups.has(name) || !isList(value) || !isList(left)) return [];
    return value.flatMap((entry, at) => {
      const rest = left[at];
      if (!isObject(entry) || !isObject(rest)) return [];
      return Object.keys(entry).flatMap((part) =>
        Object.hasOwn(rest, part) ? [] : [step(name) + step(at) + step(part)],
      );
    });
  });
}
