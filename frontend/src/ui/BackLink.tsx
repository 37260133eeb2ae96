/** One step back as a real address; the arrow follows the reading direction. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Icon } from "./Icon";
import styles from "./BackLink.module.css";

export function BackLink({ href, children }: { href: string; children: ReactNode }): ReactNode {
  return (
    <Link href={href} className={styles["back"]}>
      <Icon name="back" />
      {children}
    </Link>
  );
}
