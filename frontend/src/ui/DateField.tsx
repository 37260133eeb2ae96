/** A date: the browser's own date input, and where it has none three text fields. Never a calendar of our own. */
import { useState, type ReactNode } from "react";
import { useT } from "../i18n/text";
import styles from "./DateField.module.css";
import { Field, FieldMessage } from "./Field";
import fieldStyles from "./Field.module.css";

interface Props {
  id: string;
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The birth date of the person who types: the browser may fill it in. */
  own?: boolean;
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

/** Day, month and year as text: for dates that people know by heart and never look up. */
export function ThreeFields({ id, name, label, hint, own = false, value, onChange, error }: Props): ReactNode {
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
      aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
    >
      <legend className={fieldStyles["label"]}>{label}</legend>
      {hint && (
        <p className={fieldStyles["hint"]} id={`${id}-hint`}>
          {hint}
        </p>
      )}
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
              autoComplete={own ? `bday-${part}` : "off"}
              aria-invalid={error ? true : undefined}
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
  const { own, onChange, ...input } = props;
  const complete = own ? { autoComplete: "bday" } : {};
  return <Field {...input} {...complete} type="date" width="date" onChange={(event) => onChange(event.target.value)} />;
}
