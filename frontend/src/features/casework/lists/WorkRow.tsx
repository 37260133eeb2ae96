/** One case of the list; drawn anew only when the case, the day or its tick changes. */
import { memo, type ReactNode } from "react";
import { Link } from "wouter";
import { useFormat } from "../../../i18n/format";
import { isLanguage } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Tag } from "../../../ui/Tag";
import type { CaseLine } from "../types";
import { ageOf } from "./age";
import { AgeCell } from "./AgeCell";
import { StateTag } from "./StateTag";
import styles from "./WorkTable.module.css";

interface Props {
  line: CaseLine;
  today: string;
  picked: boolean;
  /** Absent where nothing can be done with several cases. */
  onPick?: ((line: CaseLine, picked: boolean) => void) | undefined;
  /** Ends the address of the case; the search says that it was one. */
  from?: string;
}

export const WorkRow = memo(function WorkRow({ line, today, picked, onPick, from = "" }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { reference } = line;
  return (
    <tr className={styles[ageOf(line, today).look]}>
      {onPick && (
        <td>
          <label className={styles["pick"]}>
            <span className="vh">{t("staff.list.pick", { reference })}</span>
            <input type="checkbox" checked={picked} onChange={({ target }) => onPick(line, target.checked)} />
          </label>
        </td>
      )}
      <th scope="row">
        <Link href={`/vorgang/${reference}${from}`} data-case={reference}>
          <bdi>{reference}</bdi>
        </Link>
      </th>
      <td>
        <LocalizedText text={line.title} />
        <Marks line={line} />
      </td>
      <td>{line.name ? <bdi>{line.name}</bdi> : <span className="muted">{t("staff.list.no_name")}</span>}</td>
      <td className="nowrap">{format.numericDate(line.received_at)}</td>
      <td>
        <AgeCell line={line} today={today} />
      </td>
      <td>
        <StateTag line={line} />
      </td>
      <td>
        {line.assigned_name ? <bdi>{line.assigned_name}</bdi> : <span className="muted">{t("staff.list.nobody")}</span>}
      </td>
    </tr>
  );
});

function Marks({ line: { language, labels, escalated } }: { line: CaseLine }): ReactNode {
  const t = useT();
  return (
    <>
      {isLanguage(language) && language !== "de" && <small>{t(`staff.language.${language}`)}</small>}
      {(escalated || labels.length > 0) && (
        <span className={styles["marks"]}>
          {escalated && (
            <Tag kind="warn" icon="warn">
              {t("staff.list.escalated")}
            </Tag>
          )}
          {labels.map((label) => (
            <Tag key={label}>
              <bdi>{label}</bdi>
            </Tag>
          ))}
        </span>
      )}
    </>
  );
}
