/** Short choices beside each other, such as times: radio buttons that stay radio buttons. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./Choice.module.css";

interface Props extends Omit<ComponentProps<"input">, "type" | "className"> {
  /** Id of the visible text; name it in `aria-labelledby` together with what the text belongs to. */
  textId: string;
  children: ReactNode;
}

export function Chip({ textId, children, ...input }: Props): ReactNode {
  return (
    <label className={styles["chip"]}>
      <input {...input} type="radio" />
      <span id={textId}>{children}</span>
    </label>
  );
}

export function Chips({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles["chips"]}>{children}</div>;
}
