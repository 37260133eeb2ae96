/** Two or more lists of one page, as links, so that each has an address. */
import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import styles from "./desk.module.css";

interface Props {
  label: string;
  path: string;
  /** Query without "?", and the words. */
  tabs: readonly { query: string; text: string }[];
}

export function Tabs({ label, path, tabs }: Props): ReactNode {
  const now = useSearch();
  return (
    <nav aria-label={label}>
      <ul className={styles["tabs"]}>
        {tabs.map(({ query, text }) => (
          <li key={query}>
            <Link href={query ? `${path}?${query}` : path} aria-current={query === now ? "page" : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
