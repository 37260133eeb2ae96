/** The appointment at a glance: day and hour in its head, place, concern and number below; prints on one sheet. */
import type { ReactNode } from "react";
import styles from "./Ticket.module.css";

interface Props {
  label: string;
  day: string;
  hour: string;
  /** Word above the day when the appointment is not simply booked: "Abgesagt". The head turns quiet then. */
  state?: string | undefined;
  children: ReactNode;
}

export function Ticket({ label, day, hour, state, children }: Props): ReactNode {
  return (
    <article className={styles["ticket"]} aria-label={label}>
      <header className={state ? styles["quiet"] : undefined}>
        {state && <p className={styles["state"]}>{state}</p>}
        <p className={styles["day"]}>{day}</p>
        <p className={styles["hour"]}>
          <bdi>{hour}</bdi>
        </p>
      </header>
      <div className={styles["body"]}>{children}</div>
    </article>
  );
}

interface CodeProps {
  label: string;
  /** Groups of three. */
  groups: readonly string[];
  children?: ReactNode;
}

/** Number or code, in groups, left to right in every language. */
export function TicketCode({ label, groups, children }: CodeProps): ReactNode {
  return (
    <dl className={styles["codebox"]}>
      <dt>{label}</dt>
      <dd>
        <bdi dir="ltr" className={styles["code"]}>
          {groups.map((group, index) => (
            <span key={index}>{group} </span>
          ))}
        </bdi>
        {children && <small>{children}</small>}
      </dd>
    </dl>
  );
}
