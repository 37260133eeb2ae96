/** Dated stops of a mobile office, each with its own address. */
import type { ReactNode } from "react";
import type { Stop } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { addressLine } from "./OfficeList";
import styles from "./Stops.module.css";

/** Two months of weekly stops; the rest is found when booking. */
const SHOWN = 8;

export function Stops({ stops }: { stops: readonly Stop[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <section className="section" aria-labelledby="halte">
      <h2 id="halte">{t("catalogue.stops.title")}</h2>
      {stops.some(({ assumption }) => assumption) && (
        <Note kind="warn" className="t4">
          <p>{t("catalogue.stops.assumption")}</p>
        </Note>
      )}
      <ul className={styles["stops"]}>
        {stops.slice(0, SHOWN).map((stop) => (
          <li key={`${stop.date}-${stop.opens}`}>
            <h3>{format.date(stop.date)}</h3>
            <p className="nums">
              {t("catalogue.hours.range", { from: format.clock(stop.opens), to: format.clock(stop.closes) })}
            </p>
            <p>
              <bdi lang="de">{addressLine(stop.address)}</bdi>
            </p>
            {stop.access && (
              <p className="muted">
                <LocalizedText text={stop.access} as="block" />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
