/** A page that finds what somebody sent or booked by its number and code, without signing in. */
import { useState, type FormEvent, type ReactNode } from "react";
import type { ApiProblem } from "../api/problem";
import { useAction } from "../api/useAction";
import { inGroups, normaliseCode } from "../lib/codes";
import { Button } from "./Button";
import { ErrorSummary, type Fault } from "./ErrorSummary";
import { Field } from "./Field";
import { Page } from "./Page";

const LENGTHS = { reference: 9, code: 6 } as const;

type Name = keyof typeof LENGTHS;
const NAMES: readonly Name[] = ["reference", "code"];

/** What stands at one of the two fields. */
export interface CodeField {
  label: string;
  hint?: string;
  /** Said when it is not as long as it has to be. */
  error: string;
}

interface Props extends Record<Name, CodeField> {
  title: string;
  lead: string;
  submit: string;
  /** A number that was typed before. */
  known?: string;
  refusal: (problem: ApiProblem) => string;
  /** Gets the number in groups and the code without them. */
  find: (reference: string, code: string) => Promise<void>;
  children?: ReactNode;
}

export function NumberAndCode({
  title,
  lead,
  submit,
  known = "",
  refusal,
  find,
  children,
  ...fields
}: Props): ReactNode {
  const [typed, setTyped] = useState<Record<Name, string>>({ reference: known, code: "" });
  const [looked, setLooked] = useState<{ missing: readonly Name[]; attempt: number }>({ missing: [], attempt: 0 });
  const { busy, problem, attempt, run, refuse } = useAction();
  const look = (event: FormEvent) => {
    event.preventDefault();
    const missing = NAMES.filter((name) => normaliseCode(typed[name]).length !== LENGTHS[name]);
    setLooked({ missing, attempt: looked.attempt + 1 });
    refuse(null);
    if (missing.length > 0) return;
    void run(() => find(inGroups(normaliseCode(typed.reference)).join("-"), normaliseCode(typed.code)));
  };
  const faults: Fault[] = problem
    ? [{ field: "reference", text: refusal(problem) }]
    : looked.missing.map((name) => ({ field: name, text: fields[name].error }));
  return (
    <Page
      title={title}
      lead={lead}
      faulty={faults.length > 0}
      before={faults.length > 0 && <ErrorSummary attempt={looked.attempt + attempt} faults={faults} />}
    >
      <form onSubmit={look} noValidate>
        {NAMES.map((name) => (
          <Field
            key={name}
            id={name}
            name={name}
            width="code"
            dir="ltr"
            spellCheck={false}
            label={fields[name].label}
            hint={fields[name].hint}
            value={typed[name]}
            error={looked.missing.includes(name) ? fields[name].error : undefined}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
          />
        ))}
        <div className="actions">
          <Button type="submit" busy={busy}>
            {submit}
          </Button>
        </div>
      </form>
      {children}
    </Page>
  );
}
