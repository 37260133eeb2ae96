/** The browser's own dialog: it traps focus, closes with Escape and gives focus back where it was. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import styles from "./Dialog.module.css";

interface Props {
  open: boolean;
  title: string;
  /** Escape or the browser's own way to close: must be the harmless answer. */
  onClose: () => void;
  /** Id of the text that says what it is about. */
  describedBy: string;
  children: ReactNode;
}

export function Dialog({ open, title, onClose, describedBy, children }: Props): ReactNode {
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={styles["dialog"]}
      aria-labelledby={heading}
      aria-describedby={describedBy}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
