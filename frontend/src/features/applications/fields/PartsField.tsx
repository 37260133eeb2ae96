/** An address or a person: several fields that answer one question. */
import type { ReactNode } from "react";
import { FieldMessage } from "../../../ui/Field";
import fieldStyles from "../../../ui/Field.module.css";
import { controlOf, pointerOf } from "../model";
import own from "./fields.module.css";
import { FieldView, useFault, useHint, useLabel, type FieldProps } from "./FieldView";

export function PartsField({ node, path }: FieldProps): ReactNode {
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  const hint = useHint(path);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={`${fieldStyles["field"]} ${own["parts"]} ${error ? fieldStyles["bad"] : ""}`}
      aria-describedby={described || undefined}
    >
      <legend className={`${fieldStyles["label"]} h3`}>{useLabel(path)}</legend>
      {hint && (
        <p className={fieldStyles["hint"]} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
      {Object.entries(node.properties ?? {}).map(([name, part]) => (
        <FieldView key={name} node={part} path={[...path, name]} optional={false} />
      ))}
    </fieldset>
  );
}
