/** Correct a small mistake of the citizen: the field as the citizen sees it, and why; the citizen is told. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { SelectField } from "../../../../ui/Field";
import type { Form } from "../../../applications/engine/form";
import { FieldsContext } from "../../../applications/fields/context";
import { FieldView } from "../../../applications/fields/FieldView";
import { at, put } from "../../../applications/model";
import { useWords } from "../../../applications/text";
import { nodeAt, pathOf } from "./correcting";
import { LongText } from "./LongText";
import { correctable } from "./places";
import { Refused } from "./Refused";
import type { ActsOn } from "./useAct";
import { useCorrection, type Correcting } from "./useCorrection";

interface Props extends ActsOn {
  form: Form;
}

export function CorrectForm({ form, ...acts }: Props): ReactNode {
  const t = useT();
  const correcting = useCorrection(acts, form);
  const { act, faults, kept } = correcting;
  return (
    <form onSubmit={correcting.submit} noValidate>
      <Refused problem={act.problem} faults={faults} />
      <WhichField form={form} acts={acts} correcting={correcting} />
      <TheField form={form} acts={acts} correcting={correcting} />
      <LongText
        id="correct-reason"
        label={t("staff.acting.correct.reason")}
        hint={t("staff.acting.correct.hint")}
        rows={3}
        error={faults.at("text")}
        value={kept.values.reason}
        onChange={(reason) => kept.change({ reason })}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={act.busy}>
          {t("staff.acting.correct.submit")}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  form: Form;
  acts: ActsOn;
  correcting: Correcting;
}

/** The answers that may be corrected, below the titles of their pages. */
function WhichField({ form, acts, correcting: { faults, kept, choose } }: PartProps): ReactNode {
  const t = useT();
  const isSensitive = (pointer: string) => nodeAt(form, pathOf(pointer))?.["x-sensitive"] === true;
  return (
    <SelectField
      id="correct-field"
      label={t("staff.acting.correct.field")}
      error={faults.at("choice")}
      value={kept.values.pointer}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{t("staff.acting.correct.choose")}</option>
      {correctable(acts.item, isSensitive).map(({ page, title, fields }) => (
        <optgroup key={page} label={title.text}>
          {fields.map(({ pointer, label }) => (
            <option key={pointer} value={pointer}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

/** The chosen answer in the field in which it was given. */
function TheField({ form, acts, correcting: { answers, kept, node, path, wrong } }: PartProps): ReactNode {
  const t = useT();
  const words = useWords(form);
  if (!node) return null;
  const error: typeof words.error = (fault) =>
    fault.code === "unchanged" ? t("staff.acting.missing.unchanged") : words.error(fault);
  return (
    <FieldsContext
      value={{
        form,
        words: { ...words, error },
        answers,
        change: (changed, value) => kept.change({ typed: { value: at(put(answers, changed, value), path) ?? null } }),
        faults: wrong,
        prefilled: [],
        home: { kind: "request", reference: acts.item.line.reference },
        attachments: [],
        onFile: () => undefined,
        entryAddress: null,
      }}
    >
      <FieldView key={kept.values.pointer} node={node} path={path} optional={false} />
    </FieldsContext>
  );
}
