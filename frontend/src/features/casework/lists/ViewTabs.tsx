/** Ready-made views and one's own, each with its number of cases. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import type { CaseQuery } from "../types";
import { addressOf, NOTHING, queryOf, same, typedOf, type Typed } from "./filters";
import { useCount, useViews } from "./queries";
import styles from "./ViewTabs.module.css";

const READY = [
  { text: "staff.view.open", typed: NOTHING },
  { text: "staff.view.mine", typed: { ...NOTHING, zu: "me" } },
  { text: "staff.view.overdue", typed: { ...NOTHING, frist: "overdue" } },
  { text: "staff.view.waiting", typed: { ...NOTHING, wartet: "citizen" } },
  { text: "staff.view.approve", typed: { ...NOTHING, freigabe: "1" } },
] as const;

export function ViewTabs({ typed }: { typed: Typed }): ReactNode {
  const t = useT();
  const { data: own = [] } = useViews();
  return (
    <nav aria-label={t("staff.view.label")}>
      <ul className={styles["views"]}>
        {READY.map((view) => (
          <Tab key={view.text} name={t(view.text)} to={view.typed} now={typed} />
        ))}
        {own.map(({ id, name, filters }) => (
          <Tab key={id} name={name} to={typedOf(filters)} now={typed} />
        ))}
      </ul>
    </nav>
  );
}

function Tab({ name, to, now }: { name: string; to: Typed; now: Typed }): ReactNode {
  return (
    <li>
      <Link href={addressOf({ typed: to })} aria-current={same(to, now) ? "page" : undefined}>
        <bdi>{name}</bdi> <Count query={queryOf({ typed: to, sort: "due" })} />
      </Link>
    </li>
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
