/** The table of cases in a named region that scrolls sideways by keyboard; sorting is a button in the head of a column. */
import type { ReactNode, RefObject } from "react";
import { useT, type MessageId } from "../../../i18n/text";
import { Region } from "../../../ui/Region";
import type { CaseLine } from "../types";
import type { Sort } from "./filters";
import { WorkRow } from "./WorkRow";
import styles from "./WorkTable.module.css";

interface Props {
  lines: readonly CaseLine[];
  today: string;
  caption: string;
  region?: RefObject<HTMLDivElement | null>;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  picked?: ReadonlySet<string>;
  onPick?: (reference: string, picked: boolean) => void;
  onPickAll?: (picked: boolean) => void;
  from?: string;
}

export function WorkTable({
  lines,
  today,
  caption,
  region,
  picked,
  onPick,
  onPickAll,
  from,
  ...sorting
}: Props): ReactNode {
  const t = useT();
  const all = lines.length > 0 && lines.every(({ reference }) => picked?.has(reference));
  return (
    <Region label={caption} className={styles["region"]} {...(region && { ref: region })}>
      <table className={styles["list"]}>
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            {onPickAll && (
              <td>
                <label className={styles["pick"]}>
                  <span className="vh">{t("staff.list.pick_all")}</span>
                  <input type="checkbox" checked={all} onChange={({ target }) => onPickAll(target.checked)} />
                </label>
              </td>
            )}
            <Head text="staff.list.column.case" />
            <Head text="staff.list.column.service" />
            <Head text="staff.list.column.person" />
            <Head text="staff.list.column.received" turns={["-received", "received"]} {...sorting} />
            <Head text="staff.list.column.age" turns={["due"]} {...sorting} />
            <Head text="staff.list.column.state" />
            <Head text="staff.list.column.assigned" />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <WorkRow
              key={line.reference}
              line={line}
              today={today}
              picked={picked?.has(line.reference) ?? false}
              onPick={onPick}
              {...(from && { from })}
            />
          ))}
        </tbody>
      </table>
    </Region>
  );
}

interface HeadProps {
  text: Extract<MessageId, `staff.list.column.${string}`>;
  /** The orders of this column; a press goes to the next. */
  turns?: readonly Sort[];
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}

/** What the orders mean for the values of their column: the nearest date and the earliest receipt come first. */
const DIRECTION: Readonly<Record<Sort, "ascending" | "descending">> = {
  due: "ascending",
  received: "ascending",
  "-received": "descending",
};

function Head({ text, turns = [], sort, onSort }: HeadProps): ReactNode {
  const t = useT() as (id: HeadProps["text"]) => string;
  const now = sort && turns.includes(sort) ? sort : undefined;
  const next = turns[now ? (turns.indexOf(now) + 1) % turns.length : 0];
  if (!next || !onSort) return <th scope="col">{t(text)}</th>;
  return (
    <th scope="col" aria-sort={now ? DIRECTION[now] : undefined}>
      <button type="button" className={styles["sort"]} onClick={() => onSort(next)}>
        {t(text)}
        <Arrows direction={now && DIRECTION[now]} />
      </button>
    </th>
  );
}

function Arrows({ direction }: { direction: "ascending" | "descending" | undefined }): ReactNode {
  const both = "M8 4v16M4.5 16.5 8 20l3.5-3.5M16 20V4M12.5 7.5 16 4l3.5 3.5";
  const one = direction === "ascending" ? "M12 20V4M6 10l6-6 6 6" : "M12 4v16M6 14l6 6 6-6";
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={direction ? one : both} />
    </svg>
  );
}
