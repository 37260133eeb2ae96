/** The next free time of each office for a service that many ask for. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { ServiceSummary } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { useNextTimes, useOffices } from "../api";
import { firstPerOffice } from "../model";
import styles from "./NextTimes.module.css";

const SHOWN = 5;

export function NextTimes({ service }: { service: ServiceSummary }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data, dataUpdatedAt, isError } = useNextTimes(service.slug, true);
  const { data: offices } = useOffices();
  const now = new Date(dataUpdatedAt).toISOString();
  return (
    <section aria-labelledby="frei">
      <h2 id="frei">{t("catalogue.next.title")}</h2>
      <p className="muted">
        <T id="catalogue.next.service" values={{ service: <LocalizedText text={service.name} /> }} />
        {data && ` ${t("catalogue.next.asOf", { date: format.day(now), time: format.time(now) })}`}
      </p>
      {isError && <p className="t4">{t("catalogue.next.failed")}</p>}
      {data && offices && (
        <ul className={styles["waits"]}>
          {firstPerOffice(data)
            .slice(0, SHOWN)
            .map((slot) => (
              <li key={slot.office}>
                <bdi lang="de">{offices.find(({ slug }) => slug === slot.office)?.name ?? slot.office}</bdi>
                <b className="nums">{format.moment(slot.starts_at)}</b>
              </li>
            ))}
        </ul>
      )}
      {data && data.first.length === 0 && (
        <p className="t4">{t("catalogue.next.none", { date: format.date(data.searched_until) })}</p>
      )}
      <p className="t4">
        <Link href={`/leistungen/${service.slug}`}>{t("catalogue.next.link")}</Link>
      </p>
    </section>
  );
}
