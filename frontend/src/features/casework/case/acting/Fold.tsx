/** One of the further steps, closed until it is wanted or half typed, and only then built; the browser's own element. */
import { useState, type ReactNode } from "react";
import type { Case } from "../../types";
import styles from "./acting.module.css";
import { isKept } from "./kept";
import { useMyPlace } from "./me";

interface Props {
  id?: string;
  title: string;
  item: Case;
  /** Where what is typed in it is kept: after signing in again nobody has to remember to look here. */
  form: string;
  children: ReactNode;
}

export function Fold({ id, title, item, form, children }: Props): ReactNode {
  const place = useMyPlace(item, form);
  const [open] = useState(() => isKept(place));
  const [wanted, setWanted] = useState(open);
  return (
    <details
      id={id}
      open={open}
      className={styles["fold"]}
      onToggle={({ currentTarget }) => currentTarget.open && setWanted(true)}
    >
      <summary>{title}</summary>
      {wanted && children}
    </details>
  );
}
