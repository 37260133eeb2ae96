/** What every field of a page needs of the page around it. */
import { createContext, useContext } from "react";
import type { FieldError } from "../../../api/problem";
import type { FileHome } from "../api";
import type { Answers, Form, Json } from "../engine/form";
import type { Path } from "../model";
import type { Words } from "../text";
import type { Attachment, Prefilled } from "../types";

export interface FieldsOfPage {
  form: Form;
  words: Words;
  /** All answers with what is being typed. */
  answers: Answers;
  change: (path: Path, value: Json | undefined) => void;
  faults: readonly FieldError[];
  prefilled: readonly Prefilled[];
  home: FileHome;
  attachments: readonly Attachment[];
  /** Tells that a file came, changed or went (null). */
  /** Address of the pages of one entry (from 0), for groups that have such pages. */
  entryAddress: ((group: string, entry: number) => string | null) | null;
  onFile: (attachment_id: string, file: Attachment | null) => void;
}

export const FieldsContext = createContext<FieldsOfPage | null>(null);

export function useFields(): FieldsOfPage {
  const fields = useContext(FieldsContext);
  if (!fields) throw new Error("a field stands outside of its page");
  return fields;
}
