/** A text of several lines with its label. */
import type { ReactNode } from "react";
import { FieldFrame } from "../../../../ui/Field";
import fieldStyles from "../../../../ui/Field.module.css";
import styles from "./acting.module.css";

/** As the backend has it for every text of several lines. */
const LONGEST = 5000;

interface Props {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  rows?: number;
  lang?: string;
  dir?: "ltr" | "rtl";
  value: string;
  onChange: (value: string) => void;
}

export function LongText({ id, label, hint, error, optional, rows = 5, lang, dir, value, onChange }: Props): ReactNode {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      {(describedBy) => (
        <textarea
          id={id}
          rows={rows}
          maxLength={LONGEST}
          className={`${fieldStyles["input"]} ${styles["long"]}`}
          lang={lang}
          dir={dir}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}
