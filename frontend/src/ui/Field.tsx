/** A text input with its label, hint and message; the label cannot be left out. */
import { useId, type ComponentProps, type ReactNode } from "react";
import { useT } from "../i18n/text";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface MessageProps {
  id: string;
  children: ReactNode;
}

/** The message at a faulty field: icon, the hidden word "Fehler", and the text of the summary. */
export function FieldMessage({ id, children }: MessageProps): ReactNode {
  const t = useT();
  return (
    <p className={styles["message"]} id={id}>
      <Icon name="warn" />
      <span>
        <span className="vh">{t("common.error.prefix")} </span>
        {children}
      </span>
    </p>
  );
}

interface FrameProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Message of the fault; undefined when there is none. */
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  /** Gets the ids of hint and message for `aria-describedby`. */
  children: (describedBy: string | undefined) => ReactNode;
}

/** Label, hint and message around one native control. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  optional = false,
  className = "",
  children,
}: FrameProps): ReactNode {
  const t = useT();
  const own = useId();
  const ids = [hint ? `${own}-hint` : "", error ? `${own}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={`${styles["field"]} ${error ? styles["bad"] : ""} ${className}`}>
      <label className={styles["label"]} id={`${id}-label`} htmlFor={id}>
        {label} {optional && <span className={styles["free"]}>{t("common.optional")}</span>}
      </label>
      {hint && (
        <p className={styles["hint"]} id={`${own}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldMessage id={`${own}-error`}>{error}</FieldMessage>}
      {children(ids || undefined)}
    </div>
  );
}

interface FieldProps extends Omit<ComponentProps<"input">, "id" | "className" | "placeholder"> {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Width by what is typed, never by the space there is. */
  width?: "full" | "code" | "date" | "short";
}

export function Field({ id, label, hint, error, optional, width = "full", ...input }: FieldProps): ReactNode {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      {(describedBy) => (
        <input
          autoComplete="off"
          {...input}
          id={id}
          className={`${styles["input"]} ${styles[width] ?? ""}`}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        />
      )}
    </FieldFrame>
  );
}

interface SelectProps extends Omit<ComponentProps<"select">, "id" | "className"> {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A native select. */
export function SelectField({ id, label, hint, error, children, ...select }: SelectProps): ReactNode {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      {(describedBy) => (
        <select
          {...select}
          id={id}
          className={`${styles["input"]} ${styles["select"]}`}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        >
          {children}
        </select>
      )}
    </FieldFrame>
  );
}
