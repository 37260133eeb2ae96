/** A radio button or checkbox in a box: the native control stays visible, the whole box can be pressed. */
import { useId, type ComponentProps, type ReactNode } from "react";
import styles from "./Choice.module.css";
import { FieldMessage } from "./Field";
import fieldStyles from "./Field.module.css";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  type: "radio" | "checkbox";
  /** "box" is the default; "plain" for many short ones; "row" inside a list of choices with one common edge. */
  look?: "box" | "plain" | "row";
  /** Second, quieter line. */
  more?: ReactNode;
  children: ReactNode;
}

export function Choice({ type, look = "box", more, children, ...input }: ChoiceProps): ReactNode {
  return (
    <label className={`${styles["choice"]} ${look === "box" ? "" : (styles[look] ?? "")}`}>
      <input {...input} type={type} />
      <span className={styles["what"]}>
        {children} {more && <small>{more}</small>}
      </span>
    </label>
  );
}

interface GroupProps {
  legend: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** "boxes" leaves space between; "tight" for plain choices; "list" is one edge around rows. */
  look?: "boxes" | "tight" | "list";
  className?: string;
  children: ReactNode;
}

/** Choices that answer one question. */
export function ChoiceGroup({ legend, hint, error, look = "boxes", className = "", children }: GroupProps): ReactNode {
  const id = useId();
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const plainLegend = typeof legend === "string";
  return (
    <fieldset
      className={`${plainLegend ? fieldStyles["field"] : ""} ${error ? `${fieldStyles["bad"]} ${styles["faulty"]}` : ""} ${className}`}
      aria-describedby={ids || undefined}
    >
      <legend className={plainLegend ? `${fieldStyles["label"]} ${styles["legend"]}` : undefined}>{legend}</legend>
      {hint && (
        <p className={fieldStyles["hint"]} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
      <div className={styles[look]}>{children}</div>
    </fieldset>
  );
}
