/** The browser's engine must see every case, and many spoiled answers, exactly as the server does. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { holds } from "./conditions";
import type { Answers, Condition, FieldError, Form } from "./form";
import { errorText, formatText } from "./text";
import { validate } from "./validation";
import { dropHidden, visibleFields, visiblePages } from "./visibility";

interface Judged {
  form: string;
  name: string;
  spoiled: boolean;
  today: string;
  answers: Answers;
  pages: string[];
  visible: string[];
  dropped: string[];
  kept: Answers;
  errors: FieldError[];
  said: string[];
}
interface Parity {
  forms: Record<string, Form>;
  cases: Judged[];
  conditions: { schema: Condition; answers: Answers; holds: boolean }[];
  texts: { key: string; lang: string; message: string; values: Record<string, number>; text: string }[];
}

const root = resolve(import.meta.dirname, "../../../../..");
const said = execFileSync(resolve(root, ".venv/bin/python"), ["-m", "backend.cli", "forms", "parity"], {
  cwd: root,
  maxBuffer: 200_000_000,
});
const { forms, cases, texts, conditions } = JSON.parse(said.toString("utf-8")) as Parity;

const formOf = (name: string): Form => {
  const form = forms[name];
  if (!form) throw new Error(`no form ${name}`);
  return form;
};
const bySign = (errors: FieldError[]) =>
  errors.map((one) => JSON.stringify([one.pointer, one.code, one.params])).sort();

function compare(one: Judged) {
  const form = formOf(one.form);
  expect(visiblePages(form, one.answers).map((view) => view.key)).toEqual(one.pages);
  expect(visibleFields(form, one.answers)).toEqual(one.visible);
  expect(dropHidden(form, one.answers)).toEqual({ answers: one.kept, dropped: one.dropped });
  expect(bySign(validate(form, one.answers, undefined, one.today))).toEqual(bySign(one.errors));
  expect(one.errors.map((error) => errorText(form, error).text)).toEqual(one.said);
}

describe.each(Object.keys(forms))("%s", (name) => {
  const own = cases.filter((one) => one.form === name);
  const spoiled = own.filter((one) => one.spoiled);

  it.each(own.filter((one) => !one.spoiled).map((one) => [one.name, one] as const))("%s", (_name, one) => {
    compare(one);
  });

  it("answers that nobody would type", () => {
    expect(spoiled.length).toBeGreaterThan(100);
    spoiled.forEach(compare);
  });
});

it("judges conditions as the reference implementation does", () => {
  expect(conditions.filter((one) => one.holds).length).toBeGreaterThan(100);
  expect(conditions.filter((one) => !one.holds).length).toBeGreaterThan(100);
  expect(conditions.filter((one) => holds(one.schema, one.answers) !== one.holds)).toEqual([]);
});

it("writes every message with values as the server does", () => {
  const written = texts.map(({ message, lang, values }) => formatText(message, lang, values));
  expect(texts.length).toBeGreaterThan(100);
  expect(written).toEqual(texts.map(({ text }) => text));
});
