/** Other cases and appointments of the same person; only for those who may see them. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { TextLink } from "../../../../ui/Button";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { Panel } from "./Panel";
import { momentText, STATES } from "./words";

export function Related({ item }: { item: Case }): ReactNode {
  const t = useT();
  const format = useFormat();
  if (!item.related) return null;
  const { cases, appointments } = item.related;
  return (
    <Panel title={t("staff.case.related")}>
      {cases.length + appointments.length === 0 && <p className="muted">{t("staff.case.related.none")}</p>}
      {cases.length + appointments.length > 0 && (
        <ul className={styles["plain"]}>
          {cases.map(({ reference, title, state }) => (
            <li key={reference}>
              <TextLink href={`/vorgang/${reference}`}>
                {t("staff.case.related.case", { service: title.text, reference })}
              </TextLink>
              <p className="muted small">{t(STATES[state])}</p>
            </li>
          ))}
          {appointments.map(({ reference, service, starts_at, state }) => (
            <li key={reference}>
              {t(
                state === "cancelled" ? "staff.case.related.appointment.cancelled" : "staff.case.related.appointment",
                { service, time: momentText(starts_at, t, format) },
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
