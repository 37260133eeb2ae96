/** It is the person's turn: the only thing on the page with a thick edge. */
import { useId, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Tag } from "../../../ui/Tag";
import styles from "./following.module.css";

export function Turn({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const t = useT();
  const id = useId();
  return (
    <section className={styles["turn"]} aria-labelledby={id}>
      <Tag kind="warn" icon="clock">
        {t("applications.request.turn")}
      </Tag>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
