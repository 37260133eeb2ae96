/** Answers to check, each with its own way back to change it. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../i18n/text";
import styles from "./Rows.module.css";

export interface Row {
  key: string;
  label: string;
  value: ReactNode;
  more?: ReactNode;
  /** Address where this answer can be changed. */
  change?: string;
}

export function Rows({ items }: { items: readonly Row[] }): ReactNode {
  const t = useT();
  return (
    <dl className={styles["rows"]}>
      {items.map(({ key, label, value, more, change }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {value}
            {more && <span className={styles["more"]}>{more}</span>}
          </dd>
          {change && (
            <dd className={styles["act"]}>
              <Link href={change} aria-label={`${t("common.change")}: ${label}`}>
                {t("common.change")}
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
