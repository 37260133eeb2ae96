/** Applications that were sent, each with its state in words; whose turn it is comes first. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useFormat } from "../../../i18n/format";
import type { MessageId } from "../../../i18n/text";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Ready } from "../../../ui/Ready";
import { Tag } from "../../../ui/Tag";
import { useApplications } from "../queries";
import type { ApplicationSummary } from "../types";
import styles from "./area.module.css";

/** Words of a state; both features that show it take them from the same catalogue. */
const STATES = {
  submitted: "applications.state.submitted",
  received: "applications.state.received",
  in_review: "applications.state.in_review",
  waiting_for_citizen: "applications.state.waiting_for_citizen",
  decided_granted: "applications.state.decided",
  decided_partly: "applications.state.decided",
  decided_refused: "applications.state.decided",
  withdrawn: "applications.state.withdrawn",
  lapsed: "applications.state.lapsed",
  closed: "applications.state.closed",
} as const satisfies Record<string, MessageId>;

const isState = (state: string): state is keyof typeof STATES => Object.hasOwn(STATES, state);

/** Whose turn it is comes first; else as the server says, newest first. */
const turnFirst = (applications: readonly ApplicationSummary[]): ApplicationSummary[] =>
  [...applications].sort((a, b) => Number(b.waiting_for !== null) - Number(a.waiting_for !== null));

export function Applications(): ReactNode {
  const t = useT();
  return (
    <section className="section" aria-labelledby="applications">
      <h2 id="applications">{t("account.applications.title")}</h2>
      <Ready reading={useApplications()}>
        {(applications) =>
          applications.length === 0 ? (
            <p className="t3 muted">{t("account.applications.none")}</p>
          ) : (
            <ul className={styles["list"]}>
              {turnFirst(applications).map((application) => (
                <Application key={application.reference} application={application} />
              ))}
            </ul>
          )
        }
      </Ready>
    </section>
  );
}

function Application({ application }: { application: ApplicationSummary }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { reference, title, state, submitted_at, waiting_for } = application;
  return (
    <li>
      <h3>
        <Link href={`/antraege/${reference}`}>
          <LocalizedText text={title} />
        </Link>
      </h3>
      <p>
        {waiting_for ? (
          <Tag kind="warn" icon="clock">
            {t("account.applications.turn")}
          </Tag>
        ) : (
          isState(state) && <Tag kind="info">{t(STATES[state])}</Tag>
        )}
      </p>
      <p className="muted">
        <bdi className="nums">{reference}</bdi>
      </p>
      {submitted_at && <p className="muted">{t("account.applications.sent", { date: format.date(submitted_at) })}</p>}
    </li>
  );
}
