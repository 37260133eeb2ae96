/** A quiet box beside the text: info, good news or a warning; icon and words, never colour alone. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import styles from "./Note.module.css";

interface Props {
  kind?: "info" | "ok" | "warn";
  icon?: IconName;
  className?: string;
  children: ReactNode;
}

const ICONS: Record<NonNullable<Props["kind"]>, IconName> = { info: "info", ok: "check", warn: "warn" };

export function Note({ kind = "info", icon = ICONS[kind], className = "", children }: Props): ReactNode {
  return (
    <div className={`${styles["note"]} ${kind === "info" ? "" : styles[kind]} ${className}`}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}
