/** What a case is, at a glance: number and state, the only h1, and the few facts that everything else depends on. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { T, useT } from "../../../../i18n/text";
import type { IconName } from "../../../../ui/Icon";
import { useViewHeading } from "../../../../ui/Page";
import { Tag } from "../../../../ui/Tag";
import type { Case } from "../../types";
import { languageName } from "../acting/words";
import styles from "./case.module.css";
import { feeText, isOpen, LEVELS, METHODS, momentText, promiseText, STATES, wordOf } from "./words";

type State = Case["line"]["state"];

function tagOf(state: State): { kind?: "info" | "ok" | "warn"; icon: IconName } {
  if (state === "waiting_for_citizen") return { kind: "warn", icon: "clock" };
  if (state === "decided_granted") return { kind: "ok", icon: "check" };
  if (state === "received" || state === "in_review") return { kind: "info", icon: "info" };
  return { icon: "letter" };
}

export function Head({ item }: { item: Case }): ReactNode {
  const t = useT();
  const heading = useViewHeading();
  const { line } = item;
  return (
    <div className={styles["head"]}>
      <div>
        <p className="muted nums">
          <bdi>{line.reference}</bdi> <Tag {...tagOf(line.state)}>{t(STATES[line.state])}</Tag>
          {line.escalated && (
            <Tag kind="warn" icon="warn">
              {t("staff.case.escalated")}
            </Tag>
          )}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {line.name ? (
            <T id="staff.case.title" values={{ service: line.title.text, name: <bdi>{line.name}</bdi> }} />
          ) : (
            t("staff.case.title.nameless", { service: line.title.text })
          )}
        </h1>
      </div>
      <Meta item={item} />
    </div>
  );
}

/** The words of the h1, for the window's title. */
export function useCaseTitle({ line }: Case): string {
  const t = useT();
  return line.name
    ? t("staff.case.title", { service: line.title.text, name: line.name })
    : t("staff.case.title.nameless", { service: line.title.text });
}

type Fact = [label: string, value: ReactNode];

function Meta({ item }: { item: Case }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { line } = item;
  const level = wordOf(LEVELS, item.level ?? "none", t);
  const facts: Fact[] = [
    [t("staff.case.received"), momentText(line.received_at, t, format)],
    ...(isOpen(line) ? [[t("staff.case.promise"), promiseText(line, t, format)] as Fact] : []),
    ...(line.due_on ? [[t("staff.case.due"), format.numericDate(line.due_on)] as Fact] : []),
    [t("staff.case.fee"), feeText(item, t, format)],
    [t("staff.case.assigned"), <Assigned key="assigned" item={item} />],
    [
      t("staff.case.level"),
      item.method ? t("staff.case.level.method", { level, method: wordOf(METHODS, item.method, t) }) : level,
    ],
    [t("staff.case.language"), languageName(line.language)],
    [
      t("staff.case.delivery"),
      t(item.electronic_delivery === false ? "staff.case.delivery.post" : "staff.case.delivery.electronic"),
    ],
  ];
  return (
    <dl className={styles["meta"]}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Assigned({ item }: { item: Case }): ReactNode {
  const t = useT();
  const { assigned_to, assigned_name, team } = item.line;
  const name = assigned_to ? (assigned_name ?? t("staff.event.somebody")) : null;
  if (name && team) return <T id="staff.case.assigned.team" values={{ name: <bdi>{name}</bdi>, team }} />;
  if (name) return <bdi>{name}</bdi>;
  return team ? t("staff.case.assigned.only_team", { team }) : t("staff.case.assigned.nobody");
}
