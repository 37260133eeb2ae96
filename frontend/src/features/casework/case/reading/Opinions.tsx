/** Questions to other offices with their answers, newest first. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Tag } from "../../../../ui/Tag";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { Panel } from "./Panel";

type Opinion = Case["opinions"][number];

export function Opinions({ item }: { item: Case }): ReactNode {
  const t = useT();
  if (item.opinions.length === 0) return null;
  return (
    <Panel title={t("staff.case.opinions")}>
      <ul className={styles["plain"]}>
        {item.opinions.toReversed().map((opinion) => (
          <OneOpinion key={opinion.id} opinion={opinion} />
        ))}
      </ul>
    </Panel>
  );
}

function OneOpinion({ opinion }: { opinion: Opinion }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { state, due_on, asked_at, asked_by_name, question, answer, answered_at, answered_by_name } = opinion;
  const somebody = t("staff.event.somebody");
  const told =
    state === "open"
      ? t("staff.case.opinions.open", { date: format.numericDate(due_on) })
      : state === "answered" && answered_at
        ? t("staff.case.opinions.answered", { date: format.numericDate(answered_at) })
        : t("staff.case.opinions.withdrawn");
  return (
    <li>
      <Tag {...(state === "open" ? { kind: "warn", icon: "clock" } : {})}>{told}</Tag>
      <p className="muted small">
        {t("staff.case.opinions.asked", { name: asked_by_name ?? somebody, date: format.numericDate(asked_at) })}
      </p>
      {question && <p className={styles["text"]}>{question}</p>}
      {answer && (
        <>
          <h3 className="t3">{t("staff.case.opinions.answer_by", { name: answered_by_name ?? somebody })}</h3>
          <p className={styles["text"]}>{answer}</p>
        </>
      )}
    </li>
  );
}
