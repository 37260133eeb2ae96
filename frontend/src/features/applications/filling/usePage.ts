/** One page of a form being filled: what is typed, what is visible, saving, and what came in between. */
import { useState } from "react";
import { ApiProblem, toProblem, type FieldError } from "../../../api/problem";
import { useAction } from "../../../api/useAction";
import { loadTyped, saveTyped } from "../../../lib/typed";
import { savePage } from "../api";
import type { Answers, Form, Json, Node } from "../engine/form";
import { partsOf } from "../engine/form";
import { visiblePages, type PageView } from "../engine/visibility";
import { at, joined, misfits, pointerOf, put, read, withFiles, withoutBody, type Path } from "../model";
import { useDraftUpdate } from "../queries";
import type { Draft } from "../types";

export interface FieldOfPage {
  node: Node;
  path: Path;
  name: string;
}

/** The visible fields of a page with their places in the answers; item fields of inline groups belong to their group. */
export function fieldsOf(form: Form, view: PageView): FieldOfPage[] {
  const group = view.page.repeat;
  const groupNode = group === undefined ? undefined : form.schema.properties[group];
  const nodes = groupNode ? partsOf(groupNode) : form.schema.properties;
  const base: Path = group === undefined ? [] : [group, view.entry ?? 0];
  return view.page.fields.flatMap(({ field: name }) => {
    const node = nodes[name];
    const path = [...base, name];
    return node && view.fields.includes(pointerOf(path)) ? [{ node, path, name }] : [];
  });
}

/** All answers with what was typed on a page laid over them. */
function laidOver(answers: Answers, base: Path, typed: Answers): Answers {
  let all: Json = answers;
  for (const [name, value] of Object.entries(typed)) all = put(all, [...base, name], value);
  return all as Answers;
}

export interface FilledPage {
  view: PageView | null;
  views: readonly PageView[];
  answers: Answers;
  faults: readonly FieldError[];
  attempt: number;
  busy: boolean;
  problem: ApiProblem | null;
  /** The draft as another window left it, when it was faster. */
  conflict: Draft | null;
  /** What was typed came back from before a lost session or a reload. */
  restored: boolean;
  change: (path: Path, value: Json | undefined) => void;
  save: (then: (draft: Draft, views: readonly PageView[]) => void, strict: boolean) => void;
  /** Saves again over what the other window left. */
  keepMine: () => void;
  takeTheirs: () => void;
}

export function usePage(form: Form, draft: Draft, page: string): FilledPage {
  const place = `${draft.draft_id}/${page}`;
  const [kept] = useState(() => loadTyped(place));
  const [typed, setTyped] = useState<Answers>(() => (kept ?? {}) as Answers);
  const [base, setBase] = useState(draft);
  const [refused, setRefused] = useState<{ faults: FieldError[]; attempt: number }>({ faults: [], attempt: 0 });
  const [conflict, setConflict] = useState<Draft | null>(null);
  const { put: putDraft } = useDraftUpdate(draft.draft_id);
  const { busy, problem, run } = useAction();
  const known = withFiles(base.answers, draft.attachments);
  const opened = visiblePages(form, known).find((view) => view.key === page);
  const root: Path = opened?.page.repeat === undefined ? [] : [opened.page.repeat, opened.entry ?? 0];
  const answers = laidOver(known, root, typed);
  const views = visiblePages(form, laidOver(known, root, readAll(form, root, typed)));
  const view = views.find(({ key }) => key === page) ?? null;

  const change = (path: Path, value: Json | undefined) => {
    const name = String(path[root.length]);
    const next = { ...typed, [name]: put(at(answers, [...root, name]), path.slice(root.length + 1), value) };
    setTyped(next);
    saveTyped(place, next);
  };
  const refuse = (faults: FieldError[]) => setRefused(({ attempt }) => ({ faults, attempt: attempt + 1 }));

  const send = async (from: Draft, then: (draft: Draft, views: readonly PageView[]) => void, strict: boolean) => {
    const fields = view ? fieldsOf(form, view).filter(({ node }) => node["x-type"] !== "file") : [];
    const read_ = fields.map(({ node, path, name }) => ({ name, path, node, value: read(node, at(answers, path)) }));
    const wrong = read_.flatMap(({ node, value, path }) => misfits(node, value, pointerOf(path)));
    const good = read_.filter(({ node, value, path }) => misfits(node, value, pointerOf(path)).length === 0);
    try {
      const saved = await savePage(from, page, Object.fromEntries(good.map(({ name, value }) => [name, value])));
      putDraft(saved);
      setBase(saved);
      setConflict(null);
      const faults = joined(wrong, saved.errors);
      if (wrong.length === 0) {
        saveTyped(place, null);
        setTyped({});
      }
      if (strict && faults.length > 0) refuse(faults);
      else {
        setRefused({ faults: [], attempt: refused.attempt });
        then(saved, visiblePages(form, withFiles(saved.answers, saved.attachments)));
      }
    } catch (error) {
      const found = toProblem(error);
      const other = found.code === "changed_elsewhere" ? otherDraft(found) : null;
      if (other) setConflict(other);
      else if (found.status === 422 && found.errors.length > 0) refuse(joined(wrong, withoutBody(found.errors)));
      else throw found;
    }
  };

  return {
    view,
    views,
    answers,
    faults: refused.faults,
    attempt: refused.attempt,
    busy,
    problem,
    conflict,
    restored: kept !== null && Object.keys(typed).length > 0,
    change,
    save: (then, strict) => void run(() => send(base, then, strict)),
    keepMine: () => {
      if (conflict) void run(() => send(conflict, () => undefined, false));
    },
    takeTheirs: () => {
      if (!conflict) return;
      putDraft(conflict);
      setBase(conflict);
      setTyped({});
      saveTyped(place, null);
      setConflict(null);
    },
  };
}

/** What was typed as the conditions of the form see it: numbers as numbers. */
function readAll(form: Form, root: Path, typed: Answers): Answers {
  const group = typeof root[0] === "string" ? form.schema.properties[root[0]] : undefined;
  const nodes = group ? partsOf(group) : form.schema.properties;
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      const node = nodes[name];
      return [name, node ? read(node, value) : value];
    }),
  );
}

/** The draft that came with the refusal. */
function otherDraft({ extra }: ApiProblem): Draft | null {
  const { draft } = extra;
  return typeof draft === "object" && draft !== null && "revision" in draft ? (draft as Draft) : null;
}
