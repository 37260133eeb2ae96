/** The words of a form: each by its key, in the reader's language or in German, formatted with its values. */
import { useMemo } from "react";
import type { FieldError } from "../../api/problem";
import { useLanguage } from "../../i18n/language";
import type { Localized } from "../../ui/LocalizedText";
import type { Form } from "./engine/form";
import { errorText, textOf } from "./engine/text";
import type { Path } from "./model";

/** Values of a message that can be written into it. */
function plain(params: Readonly<Record<string, unknown>>): Values {
  const written = Object.entries(params).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(written);
}

type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** Null when the form has no such text. */
  find: (key: string, values?: Values) => Localized | null;
  /** For texts that every form has. */
  get: (key: string, values?: Values) => Localized;
  /** Of a field, a part or an entry's field: `of(["children", 0, "name"], "label")`. */
  of: (path: Path, suffix: string, values?: Values) => Localized | null;
  label: (path: Path) => Localized;
  error: (error: FieldError) => string;
}

const keyOf = (path: Path, suffix: string): string =>
  [...path.filter((step) => typeof step === "string"), suffix].join(".");

export function createWords(form: Form, lang: string): Words {
  const find = (key: string, values: Values = {}) => textOf(form, key, values);
  const get = (key: string, values: Values = {}) => find(key, values) ?? { text: key, lang };
  const of = (path: Path, suffix: string, values: Values = {}) => find(keyOf(path, suffix), values);
  return {
    find,
    get,
    of,
    label: (path) => of(path, "label") ?? { text: String(path.at(-1) ?? ""), lang },
    error: ({ pointer, code, params }) => errorText(form, { pointer, code, params: plain(params) })?.text ?? code,
  };
}

export function useWords(form: Form): Words {
  const lang = useLanguage();
  return useMemo(() => createWords(form, lang), [form, lang]);
}
