/** A sand-coloured box beside (on phones: below) the main column. */
import { useId, type ReactNode } from "react";
import styles from "./Aside.module.css";

export function Aside({
  title,
  className = "",
  children,
}: {
  title: string;
  className?: string;
  children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <aside className={`${styles["aside"]} ${className}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </aside>
  );
}
