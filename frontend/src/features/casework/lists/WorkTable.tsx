/** The table of cases in a named region that scrolls sideways by keyboard; sorting is a button in the head of a column. */
import type { ReactNode, RefObject } from "react";
import { useT } from "../../../i18n/text";
import { Region } from "../../../ui/Region";
import type { CaseLine } from "../types";
import { columnOf, directionOf, pressed, type Column, type Sort } from "./sorting";
import { WorkRow } from "./WorkRow";
import styles from "./WorkTable.module.css";

interface Sorting {
  sort: Sort;
  /** The orders that this list can have. */
  sorts: readonly Sort[];
  onSort: (sort: Sort) => void;
}

interface Props {
  lines: readonly CaseLine[];
  today: string;
  caption: string;
  region?: RefObject<HTMLDivElement | null>;
  sorting?: Sorting;
  picked?: Pick<ReadonlySet<string>, "has">;
  onPick?: (line: CaseLine, picked: boolean) => void;
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
  sorting,
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
            <th scope="col">{t("staff.list.column.case")}</th>
            {HEADS.map(({ column, text }) => (
              <Head key={column} column={column} text={t(text)} sorting={sorting} />
            ))}
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

const HEADS = [
  { column: "service", text: "staff.list.column.service" },
  { column: "name", text: "staff.list.column.person" },
  { column: "received", text: "staff.list.column.received" },
  { column: "due", text: "staff.list.column.age" },
  { column: "state", text: "staff.list.column.state" },
  { column: "assigned", text: "staff.list.column.assigned" },
] as const satisfies readonly { column: Column; text: string }[];

interface HeadProps {
  column: Column;
  text: string;
  sorting: Sorting | undefined;
}

/** Its button says what the column is; how the list is sorted now is told by the column itself. */
function Head({ column, text, sorting }: HeadProps): ReactNode {
  if (!sorting?.sorts.includes(column)) return <th scope="col">{text}</th>;
  const { sort, onSort } = sorting;
  const direction = columnOf(sort) === column ? directionOf(sort) : undefined;
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" className={styles["sort"]} onClick={() => onSort(pressed(column, sort))}>
        {text}
        <Arrows direction={direction} />
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
