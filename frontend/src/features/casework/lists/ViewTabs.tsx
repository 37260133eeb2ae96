/** Ready-made views and one's own, each with its number of cases. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import type { CaseQuery } from "../types";
import { addressOf, currentOf, NOTHING, queryOf, typedOf, type Place } from "./filters";
import { useCount, useViews } from "./queries";
import { sortOf } from "./sorting";
import styles from "./ViewTabs.module.css";

const READY = [
  { text: "staff.view.open", typed: NOTHING },
  { text: "staff.view.mine", typed: { ...NOTHING, zu: "me" } },
  { text: "staff.view.overdue", typed: { ...NOTHING, frist: "overdue" } },
  { text: "staff.view.waiting", typed: { ...NOTHING, wartet: "citizen" } },
  { text: "staff.view.approve", typed: { ...NOTHING, freigabe: "1" } },
] as const;

export function ViewTabs({ place }: { place: Place }): ReactNode {
  const t = useT();
  const { data: own = [] } = useViews();
  const views = [
    ...READY.map(({ text, typed }) => ({ key: text, name: t(text), typed, sort: "due" as const })),
    ...own.map(({ id, name, filters }) => ({ key: id, name, typed: typedOf(filters), sort: sortOf(filters.sort) })),
  ];
  const current = currentOf(views, place);
  return (
    <nav aria-label={t("staff.view.label")}>
      <ul className={styles["views"]}>
        {views.map(({ key, name, typed, sort }, at) => (
          <li key={key}>
            <Link href={addressOf({ typed, sort })} aria-current={at === current ? "page" : undefined}>
              <bdi>{name}</bdi> <Count query={queryOf({ typed, sort: "due" })} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ query }: { query: CaseQuery }): ReactNode {
  const { data } = useCount(query);
  return <span className={styles["number"]}>{data && <CountText {...data} />}</span>;
}

/** The number as far as it is known: exact to 1,000, then "mehr als 1.000". */
export function CountText({ count, count_is_exact }: { count: number; count_is_exact: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  return count_is_exact ? format.number(count) : t("staff.list.more_than", { count: format.number(count) });
}
