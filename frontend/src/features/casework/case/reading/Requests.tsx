/** What the person was asked for and what became of it, newest first. */
import type { ReactNode } from "react";
import { useFormat, type Format } from "../../../../i18n/format";
import { htmlLanguage } from "../../../../i18n/languages";
import { useT, type Translate } from "../../../../i18n/text";
import { Tag } from "../../../../ui/Tag";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { Panel } from "./Panel";

type Request = Case["requests"][number];

interface Props {
  item: Case;
}

export function Requests({ item }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const labels = labelsOf(item);
  if (item.requests.length === 0) return null;
  return (
    <Panel title={t("staff.case.requests")}>
      <ul className={styles["plain"]}>
        {item.requests.toReversed().map((request) => (
          <li key={request.id}>
            <Tag {...(request.state === "open" ? { kind: "warn", icon: "clock" } : {})}>
              {requestState(request, t, format)}
            </Tag>
            <p className={styles["text"]}>{request.reason}</p>
            <Sent request={request} />
            <p className="muted small">
              {t("staff.case.requests.asked", {
                fields: format.list([...request.fields, ...request.files].map((name) => labels.get(name) ?? name)),
              })}
            </p>
            {request.extensions > 0 && (
              <p className="muted small">{t("staff.case.requests.extended", { count: request.extensions })}</p>
            )}
            {request.grace_until && (
              <p className="muted small">
                {t("staff.case.requests.grace", { date: format.numericDate(request.grace_until) })}
              </p>
            )}
            {request.reminded_at && (
              <p className="muted small">
                {t("staff.case.requests.reminded", { date: format.numericDate(request.reminded_at) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the person reads in the own language, where that is not German. */
function Sent({ request: { parts } }: { request: Request }): ReactNode {
  const t = useT();
  if (parts.every(({ lang }) => lang === "de")) return null;
  return (
    <details className={styles["more"]}>
      <summary>{t("staff.case.requests.sent")}</summary>
      {parts.map(({ text, lang }) => (
        <p key={text} className={styles["text"]} lang={htmlLanguage(lang)} dir="auto">
          {text}
        </p>
      ))}
    </details>
  );
}

function requestState({ state, due_on, ended_at }: Request, t: Translate, format: Format): string {
  const date = format.numericDate(ended_at ?? due_on);
  if (state === "open") return t("staff.case.requests.open", { date: format.numericDate(due_on) });
  return t(state === "answered" ? "staff.case.requests.answered" : "staff.case.requests.cancelled", { date });
}

/** Names of fields and slots in the words of the form. */
function labelsOf({ pages }: Case): ReadonlyMap<string, string> {
  return new Map(
    pages.flatMap(({ fields }) => fields.map(({ pointer, label }) => [pointer.split("/")[1] ?? "", label] as const)),
  );
}
