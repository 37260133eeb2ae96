/** What is missing in a form of acting, found here or by the server: at the field and in the summary, in the same words. */
import { useState } from "react";
import type { ApiProblem, FieldError } from "../../../../api/problem";
import { useT } from "../../../../i18n/text";
import type { Fault } from "../../../../ui/ErrorSummary";
import type { Missing } from "./filling";

export interface Faults {
  /** Words of the fault at a field. */
  at: (field: Missing["field"]) => string | undefined;
  lines: Fault[];
  attempt: number;
  refuse: (missing: readonly Missing[]) => void;
}

/** Faults that the server found, by the member of the request that they are in. */
const MEMBERS: Readonly<Record<string, Missing>> = {
  fields: { field: "places", code: "places" },
  files: { field: "places", code: "places" },
  reason: { field: "text", code: "reason" },
  blocks: { field: "text", code: "reason" },
  text: { field: "text", code: "text" },
  note: { field: "text", code: "note" },
  question: { field: "text", code: "question" },
  translation: { field: "translation", code: "confirm" },
  due_on: { field: "day", code: "day" },
  fee_cents: { field: "fee", code: "fee" },
  office: { field: "choice", code: "office" },
  value: { field: "value", code: "value" },
  answers: { field: "value", code: "value" },
  pointer: { field: "choice", code: "locked" },
};

const UNCHANGED: Missing = { field: "value", code: "unchanged" };

export function missingOf(errors: readonly FieldError[]): Missing[] {
  const found = errors.map(({ pointer, code }) =>
    code === "unchanged" ? UNCHANGED : MEMBERS[pointer.split("/")[1] ?? ""],
  );
  return [...new Set(found)].filter((missing) => missing !== undefined);
}

interface Judged {
  problem: ApiProblem | null;
  attempt: number;
}

/** `controls` are the ids of the fields, for the links of the summary; `judged` is what the server said to the last try. */
export function useFaults(
  controls: Readonly<Partial<Record<Missing["field"], string>>>,
  { problem, attempt }: Judged,
): Faults {
  const t = useT();
  const [own, setOwn] = useState<{ missing: readonly Missing[]; attempt: number }>({ missing: [], attempt: 0 });
  const told = problem?.status === 422 ? missingOf(problem.errors) : [];
  const missing = own.missing.length ? own.missing : told;
  const words = ({ code }: Missing) => t(`staff.acting.missing.${code}`);
  return {
    at: (field) => {
      const found = missing.find((each) => each.field === field);
      return found && words(found);
    },
    lines: missing.map((each) => {
      const control = controls[each.field];
      return { text: words(each), ...(control && { field: control }) };
    }),
    attempt: own.attempt + attempt,
    refuse: (found) => setOwn({ missing: found, attempt: found.length ? own.attempt + 1 : own.attempt }),
  };
}
