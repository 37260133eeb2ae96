/** What was written: messages with the person, and notes that only the office sees. Newest last, as they were written. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { Papers } from "./Papers";
import { momentText, WRITERS, wordOf } from "./words";

interface Props {
  item: Case;
}

export function Messages({ item }: Props): ReactNode {
  const t = useT();
  const { messages, attachments, line } = item;
  return (
    <section className="section" aria-labelledby="messages">
      <h2 id="messages" tabIndex={-1}>
        {t("staff.case.messages")}
      </h2>
      {messages.length === 0 && <p className="muted">{t("staff.case.messages.none")}</p>}
      <ul className={styles["plain"]}>
        {messages.map(({ id, by, at, text, attachments: sent }) => (
          <li key={id}>
            <Byline who={by === "person" && line.name ? line.name : wordOf(WRITERS, by, t)} at={at} />
            <p className={styles["text"]}>
              <bdi>{text}</bdi>
            </p>
            <Papers item={item} files={attachments.filter(({ attachment_id }) => sent.includes(attachment_id))} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Notes({ item }: Props): ReactNode {
  const t = useT();
  return (
    <section className="section" aria-labelledby="notes">
      <h2 id="notes" tabIndex={-1}>
        {t("staff.case.notes")}
      </h2>
      <p className="muted">{t(item.notes.length > 0 ? "staff.case.notes.private" : "staff.case.notes.none")}</p>
      <ul className={styles["plain"]}>
        {item.notes.map(({ id, author_name, at, text }) => (
          <li key={id}>
            <Byline who={author_name ?? t("staff.event.somebody")} at={at} />
            <p className={styles["text"]}>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Byline({ who, at }: { who: string; at: string }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <div className={styles["byline"]}>
      <h3>
        <bdi>{who}</bdi>
      </h3>
      <time dateTime={at} className="muted small nums">
        {momentText(at, t, format)}
      </time>
    </div>
  );
}
