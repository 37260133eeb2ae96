/** Where one is: the pages above this one. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../i18n/text";
import styles from "./Crumbs.module.css";

export interface Crumb {
  href: string;
  name: ReactNode;
}

export function Crumbs({ items }: { items: readonly Crumb[] }): ReactNode {
  const t = useT();
  return (
    <nav aria-label={t("common.crumbs")}>
      <ol className={styles["crumb"]}>
        {items.map(({ href, name }) => (
          <li key={href}>
            <Link href={href}>{name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
