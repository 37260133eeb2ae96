/** A short state: icon plus word. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import styles from "./Tag.module.css";

export function Tag({
  kind,
  icon,
  children,
}: {
  kind?: "info" | "ok" | "warn";
  icon?: IconName;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={`${styles["tag"]} ${kind ? styles[kind] : ""}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
