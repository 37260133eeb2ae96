/** What has to be changed before the form can go on: on top, in focus, each line leads to its field. */
import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from "react";
import { useT } from "../i18n/text";
import styles from "./ErrorSummary.module.css";

export interface Fault {
  /** Id of the first control of the faulty group; undefined when the fault belongs to no field. */
  field?: string;
  /** The words of the message at the field. */
  text: ReactNode;
}

function toField(event: MouseEvent, id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  (field.closest("fieldset") ?? field.parentElement ?? field).scrollIntoView({ block: "nearest" });
  field.focus();
}

interface Props {
  faults: readonly Fault[];
  /** Rises with every refused attempt: focus moves here each time. */
  attempt: number;
  children?: ReactNode;
}

export function ErrorSummary({ faults, attempt, children }: Props): ReactNode {
  const t = useT();
  const heading = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [attempt]);
  if (faults.length === 0) return null;
  return (
    <div className={styles["errors"]} tabIndex={-1} ref={box} aria-labelledby={heading} role="group">
      <div role="alert">
        <h2 className="h3" id={heading}>
          {t("common.error.summary")}
        </h2>
        <ul>
          {faults.map(({ field, text }, index) => (
            <li key={field ?? index}>
              {field ? (
                <a href={`#${field}`} onClick={(event) => toField(event, field)}>
                  {text}
                </a>
              ) : (
                text
              )}
            </li>
          ))}
        </ul>
      </div>
      {children}
    </div>
  );
}
