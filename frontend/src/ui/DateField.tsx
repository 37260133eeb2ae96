/** A date: the browser's own date input, and where it has none three text fields. Never a calendar of our own. */
import { useState, type ReactNode } from "react";
import { useT } from "../i18n/text";
import styles from "./DateField.module.css";
import { Field, FieldMessage } from "./Field";
import fieldStyles from "./Field.module.css";

interface Props {
  id: string;
  name: string;
  label: string;
  /** "2026-11-24" or empty. */
  value: string;
  /** Gets "2026-11-24", an empty text, or what cannot be a date joined by hyphens: the form judges on submit. */
  onChange: (value: string) => void;
  min?: string;
  max?: string;
  error?: string | undefined;
}

/** Browsers without a date input answer "text". */
function hasDateInput(): boolean {
  const probe = document.createElement("input");
  probe.setAttribute("type", "date");
  return probe.type === "date";
}

const PARTS = ["day", "month", "year"] as const;
type Part = (typeof PARTS)[number];

function split(value: string): Record<Part, string> {
  const [year = "", month = "", day = ""] = value.split("-");
  return { day, month, year };
}

function join({ day, month, year }: Record<Part, string>): string {
  if (!day && !month && !year) return "";
  return [year.trim(), month.trim().padStart(2, "0"), day.trim().padStart(2, "0")].join("-");
}

function ThreeFields({ id, name, label, value, onChange, error }: Props): ReactNode {
  const t = useT();
  const [typed, setTyped] = useState(() => split(value));
  const change = (part: Part, text: string) => {
    const next = { ...typed, [part]: text };
    setTyped(next);
    onChange(join(next));
  };
  return (
    <fieldset
      className={`${fieldStyles["field"]} ${error ? fieldStyles["bad"] : ""}`}
      aria-describedby={error && `${id}-error`}
    >
      <legend className={fieldStyles["label"]}>{label}</legend>
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
      <div className={styles["parts"]}>
        {PARTS.map((part) => (
          <label key={part} className={styles[part]}>
            {t(`common.date.${part}`)}
            <input
              id={part === "day" ? id : undefined}
              name={`${name}-${part}`}
              className={fieldStyles["input"]}
              inputMode="numeric"
              autoComplete="off"
              maxLength={part === "year" ? 4 : 2}
              value={typed[part]}
              onChange={(event) => change(part, event.target.value)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function DateField(props: Props): ReactNode {
  const [native] = useState(hasDateInput);
  if (!native) return <ThreeFields {...props} />;
  const { onChange, ...input } = props;
  return <Field {...input} type="date" width="date" onChange={(event) => onChange(event.target.value)} />;
}
