/** Everything that happened to the case, newest first; what is older waits behind one press. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { eventText, type CaseEvent } from "./events";
import { Panel } from "./Panel";
import { momentText } from "./words";

const NEWEST = 12;

export function Log({ item }: { item: Case }): ReactNode {
  const t = useT();
  const events = item.timeline.toReversed();
  const older = events.slice(NEWEST);
  return (
    <Panel id="log" title={t("staff.case.log")}>
      <EventList events={events.slice(0, NEWEST)} />
      {older.length > 0 && (
        <details className={styles["more"]}>
          <summary>{t("staff.case.log.more", { count: older.length })}</summary>
          <EventList events={older} />
        </details>
      )}
    </Panel>
  );
}

export function EventList({ events }: { events: readonly CaseEvent[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <ol className={`${styles["log"] ?? ""} t3`}>
      {events.map((event) => (
        <li key={event.revision}>
          <time dateTime={event.at}>{momentText(event.at, t, format)}</time>
          <span>{eventText(event, t, format)}</span>
        </li>
      ))}
    </ol>
  );
}
