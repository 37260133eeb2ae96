/** The browser's own dialog: it traps focus, closes with Escape and gives focus back where it was. */
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import styles from "./Dialog.module.css";

interface Props {
  open: boolean;
  title: string;
  /** Escape or the browser's own way to close: must be the harmless answer. */
  onClose: () => void;
  /** Id of the text that says what it is about. */
  describedBy: string;
  /** As wide as the window allows, for what has to be looked at. */
  wide?: boolean;
  children: ReactNode;
}

export function Dialog({ open, title, onClose, describedBy, wide = false, children }: Props): ReactNode {
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || !open) return undefined;
    element.showModal();
    // Closing gives focus back, also when the page takes the dialog away.
    return () => element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={wide ? `${styles["dialog"] ?? ""} ${styles["wide"] ?? ""}` : styles["dialog"]}
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
