/** Files for one slot of a form. */
import type { ReactNode } from "react";
import { controlOf, pointerOf } from "../model";
import { FileSlot } from "../upload/FileSlot";
import { FORMATS } from "../upload/formats";
import { useFields } from "./context";
import { useFault, useHint, useLabel, type FieldProps } from "./FieldView";

export function FileField({ node, path, optional }: FieldProps): ReactNode {
  const { attachments, form, home, onFile } = useFields();
  const slot = String(path[0]);
  const field = form.pages.flatMap((page) => page.fields).find((known) => known.field === slot);
  return (
    <FileSlot
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      slot={slot}
      label={useLabel(path)}
      hint={useHint(path)}
      error={useFault(path)}
      optional={optional}
      formats={field?.file?.formats ?? FORMATS}
      most={node.maxItems ?? 1}
      home={home}
      files={attachments.filter((file) => file.slot === slot)}
      onFile={onFile}
    />
  );
}
