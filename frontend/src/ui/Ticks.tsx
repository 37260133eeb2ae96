/** A list to tick off: what to bring. */
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Ticks.module.css";

export interface Tick {
  key: string;
  text: ReactNode;
  more?: ReactNode;
}

export function Ticks({ items, className = "" }: { items: readonly Tick[]; className?: string }): ReactNode {
  return (
    <ul className={`${styles["ticks"]} ${className}`}>
      {items.map(({ key, text, more }) => (
        <li key={key}>
          <Icon name="check" />
          <span>
            {text}
            {more && <small>{more}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
