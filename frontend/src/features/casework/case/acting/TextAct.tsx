/** An act that needs one text: a note, a message, a reason. */
import type { FormEvent, ReactNode } from "react";
import { Button } from "../../../../ui/Button";
import type { Case } from "../../types";
import type { Seen } from "./api";
import type { MissingCode } from "./filling";
import { useKept } from "./kept";
import { LongText } from "./LongText";
import { useMyPlace } from "./me";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

interface Props extends ActsOn {
  /** Names the form: the place of what is typed, and the begin of the control's id. */
  form: string;
  label: string;
  hint?: string;
  submit: string;
  /** Announced after it was done. */
  said: string;
  missing: MissingCode;
  act: (seen: Seen, text: string) => Promise<Case>;
}

export function TextAct({ form, label, hint, submit, said, missing, act, ...acts }: Props): ReactNode {
  const { values, change, forget } = useKept(useMyPlace(acts.item, form), { text: "" });
  const acting = useAct(acts);
  const faults = useFaults({ text: `${form}-text` }, acting);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const text = values.text.trim();
    faults.refuse(text ? [] : [{ field: "text", code: missing }]);
    if (text) acting.run((seen) => act(seen, text), said, forget);
  };
  return (
    <form onSubmit={send} noValidate>
      <Refused problem={acting.problem} faults={faults} />
      <LongText
        id={`${form}-text`}
        label={label}
        hint={hint}
        error={faults.at("text")}
        value={values.text}
        onChange={(text) => change({ text })}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={acting.busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
