/** Short facts: what, its value, a small addition. */
import type { ReactNode } from "react";
import styles from "./Facts.module.css";

export interface Fact {
  key: string;
  label: string;
  value: ReactNode;
  more?: ReactNode;
}

export function Facts({ items, className = "" }: { items: readonly Fact[]; className?: string }): ReactNode {
  return (
    <dl className={`${styles["facts"]} ${className}`}>
      {items.map(({ key, label, value, more }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {value}
            {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
