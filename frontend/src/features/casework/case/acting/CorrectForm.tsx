/** Correct a small mistake of the citizen: the field as the citizen sees it, and why; the citizen is told. */
import { useState, type FormEvent, type ReactNode } from "react";
import type { FieldError } from "../../../../api/problem";
import { toProblem } from "../../../../api/problem";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { SelectField } from "../../../../ui/Field";
import type { Form, Json } from "../../../applications/engine/form";
import { FieldsContext } from "../../../applications/fields/context";
import { FieldView } from "../../../applications/fields/FieldView";
import { at, controlOf, misfits, put, read } from "../../../applications/model";
import { useWords } from "../../../applications/text";
import { correct, type Seen } from "./api";
import { answersOf, nodeAt, pathOf, placedAt } from "./correcting";
import type { Missing } from "./filling";
import { useKept } from "./kept";
import { LongText } from "./LongText";
import { useMyPlace } from "./me";
import { correctable } from "./places";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

interface Correction {
  pointer: string;
  /** The typed value under the only key that counts, since a value may have any shape. */
  typed: { value?: Json };
  reason: string;
}

const NOTHING: Correction = { pointer: "", typed: {}, reason: "" };

export function CorrectForm({ form, ...acts }: ActsOn & { form: Form }): ReactNode {
  const { item } = acts;
  const t = useT();
  const spoken = useWords(form);
  const words = {
    ...spoken,
    error: (fault: FieldError) =>
      fault.code === "unchanged" ? t("staff.acting.missing.unchanged") : spoken.error(fault),
  };
  const kept = useKept(useMyPlace(item, "correct"), NOTHING);
  const { pointer, typed, reason } = kept.values;
  const act = useAct(acts);
  const [wrong, setWrong] = useState<readonly FieldError[]>([]);
  const faults = useFaults({ choice: "correct-field", value: controlOf(pointer), text: "correct-reason" }, act);
  const path = pathOf(pointer);
  const node = pointer ? nodeAt(form, path) : null;
  const before = answersOf(item);
  const answers = typed.value === undefined ? before : put(before, path, typed.value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = node ? read(node, at(answers, path)) : null;
    const misfit = node ? misfits(node, value, pointer) : [];
    const missing: Missing[] = [
      ...(node ? [] : [{ field: "choice", code: "choice" } as const]),
      ...(misfit.length > 0 ? [{ field: "value", code: "value" } as const] : []),
      ...(reason.trim() ? [] : [{ field: "text", code: "why" } as const]),
    ];
    setWrong(misfit);
    faults.refuse(missing);
    if (missing.length > 0) return;
    const send = (seen: Seen) =>
      correct(seen, pointer, value, reason.trim()).catch((error: unknown) => {
        setWrong(placedAt(pointer, toProblem(error).errors));
        throw error;
      });
    act.run(send, t("staff.acting.correct.done"), kept.forget);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Refused problem={act.problem} faults={faults} />
      <SelectField
        id="correct-field"
        label={t("staff.acting.correct.field")}
        error={faults.at("choice")}
        value={pointer}
        onChange={(event) => {
          setWrong([]);
          kept.change({ pointer: event.target.value, typed: {} });
        }}
      >
        <option value="">{t("staff.acting.correct.choose")}</option>
        {correctable(item, (place) => nodeAt(form, pathOf(place))?.["x-sensitive"] === true).map(
          ({ page, title, fields }) => (
            <optgroup key={page} label={title.text}>
              {fields.map((field) => (
                <option key={field.pointer} value={field.pointer}>
                  {field.label}
                </option>
              ))}
            </optgroup>
          ),
        )}
      </SelectField>
      {node && (
        <FieldsContext
          value={{
            form,
            words,
            answers: answers as typeof before,
            change: (changed, value) =>
              kept.change({ typed: { value: at(put(answers, changed, value), path) ?? null } }),
            faults: wrong,
            prefilled: [],
            home: { kind: "request", reference: item.line.reference },
            attachments: [],
            onFile: () => undefined,
            entryAddress: null,
          }}
        >
          <FieldView key={pointer} node={node} path={path} optional={false} />
        </FieldsContext>
      )}
      <LongText
        id="correct-reason"
        label={t("staff.acting.correct.reason")}
        hint={t("staff.acting.correct.hint")}
        rows={3}
        error={faults.at("text")}
        value={reason}
        onChange={(text) => kept.change({ reason: text })}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={act.busy}>
          {t("staff.acting.correct.submit")}
        </Button>
      </div>
    </form>
  );
}
