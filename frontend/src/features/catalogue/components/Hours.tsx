/** Opening hours as a table of the week, with a mark when nobody has confirmed them lately. */
import type { ReactNode } from "react";
import type { Office, OpeningHours } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { Note } from "../../../ui/Note";
import { hoursByWeekday } from "../model";
import styles from "./Hours.module.css";

export function Hours({ office }: { office: Office }): ReactNode {
  const t = useT();
  const format = useFormat();
  // When every period is simply open, the word would only repeat the heading.
  const named = office.hours.some(({ kind }) => kind !== "open");
  return (
    <section className="section" aria-labelledby="zeiten">
      <h2 id="zeiten">{t("catalogue.office.hours")}</h2>
      {office.hours_status !== "current" && (
        <Note kind="warn" className="t4">
          <p>{t(`catalogue.office.hours.${office.hours_status}`)}</p>
        </Note>
      )}
      <table className={styles["hours"]} aria-labelledby="zeiten">
        <tbody>
          {hoursByWeekday(office.hours).map(([weekday, periods]) => (
            <tr key={weekday}>
              <th scope="row">{format.weekday(weekday)}</th>
              <td>
                {periods.map((period) => (
                  <Period key={`${period.kind}-${period.opens}`} period={period} named={named} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {office.hours_source && (
        <p className="t3 small muted">
          <T
            id="catalogue.office.hours.source"
            values={{
              source: (
                <span lang="de" dir="ltr">
                  {office.hours_source}
                </span>
              ),
            }}
          />
        </p>
      )}
    </section>
  );
}

function Period({ period, named }: { period: OpeningHours; named: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <span className={styles["period"]}>
      <span className="nums">
        {t("catalogue.hours.range", { from: format.clock(period.opens), to: format.clock(period.closes) })}
      </span>{" "}
      {named && <span className="muted">{t(`catalogue.hours.${period.kind}`)}</span>}
    </span>
  );
}
