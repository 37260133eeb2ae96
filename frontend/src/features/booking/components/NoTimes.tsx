/** Nothing free: how far was searched and every other way on. Never a dead end. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { TextLink } from "../../../ui/Button";
import { formatSelection, persons, stepAddress, type Selection } from "../model";
import { useOffices, useServiceList } from "../queries";
import type { Office, OfficeSummary } from "../types";
import { OfficeName } from "./ServiceName";

/** Short concerns named at most; more would be a list to search in. */
const SHORT_SHOWN = 3;

interface Props {
  selection: Selection;
  searchedUntil: string;
  /** Offices that offer everything asked for. */
  offices: readonly OfficeSummary[];
  /** Address of this page for another selection. */
  addressOf: (selection: Selection) => string;
  /** While moving, services and needs stay as they are. */
  fixed: boolean;
}

export function NoTimes({ selection, searchedUntil, offices, addressOf, fixed }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const open: Selection = { ...selection, from: null, weekdays: [], part: null, needs: fixed ? selection.needs : [] };
  const limited = formatSelection(open) !== formatSelection(selection);
  const asksMuch = selection.services.length > 1 || persons(selection.services) > 1;
  return (
    <section className="section prose" aria-labelledby="none">
      <h2 id="none">{t("booking.none.title")}</h2>
      <p>{t("booking.none.searched", { date: format.date(searchedUntil) })}</p>
      <h3 className="t5">{t("booking.none.ways")}</h3>
      <ul className="t3">
        {limited && (
          <li>
            <TextLink href={addressOf(open)}>{t("booking.none.filters")}</TextLink>
          </li>
        )}
        {selection.offices.length > 0 && (
          <li>
            <TextLink href={addressOf({ ...selection, offices: [] })}>{t("booking.none.offices")}</TextLink>
          </li>
        )}
        {!fixed && asksMuch && (
          <li>
            <TextLink href={stepAddress("services", selection)}>{t("booking.none.shorter")}</TextLink>
            <p className="muted">{t("booking.none.shorter.hint")}</p>
          </li>
        )}
        {!fixed && <ShortConcerns selection={selection} />}
        <li>
          <p>{t("booking.none.call")}</p>
        </li>
      </ul>
      <WalkIn offices={offices} />
    </section>
  );
}

/** Concerns that need only minutes often still find a time. */
function ShortConcerns({ selection }: { selection: Selection }): ReactNode {
  const { data = [] } = useServiceList(true);
  const asked = new Set(selection.services.map(({ service }) => service));
  return data
    .filter((service) => service.short_concern && !asked.has(service.slug))
    .slice(0, SHORT_SHOWN)
    .map((service) => (
      <li key={service.slug}>
        <TextLink href={`/leistungen/${service.slug}`}>
          <span>
            <T id="booking.none.short_concern" values={{ name: <LocalizedText text={service.name} /> }} />
          </span>
        </TextLink>
      </li>
    ));
}

/** Hours in which one is served without an appointment. */
function WalkIn({ offices }: { offices: readonly OfficeSummary[] }): ReactNode {
  const t = useT();
  const { data = [] } = useOffices(
    offices.map(({ slug }) => slug),
    offices.length > 0,
  );
  const serving = data
    .map((office) => ({ office, hours: walkInHours(office) }))
    .filter(({ hours }) => hours.length > 0);
  if (serving.length === 0) return null;
  return (
    <>
      <h3 className="t5">{t("booking.none.walk_in")}</h3>
      <ul className="t3">
        {serving.map(({ office, hours }) => (
          <li key={office.slug}>
            <TextLink href={`/standorte/${office.slug}`}>
              <OfficeName office={office} />
            </TextLink>
            <ul>
              {hours.map((hour) => (
                <li key={`${String(hour.weekday)}-${hour.opens}`}>
                  <Hours {...hour} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function walkInHours(office: Office): Office["hours"] {
  return office.hours.filter(({ kind }) => kind === "walk_in" || kind === "express");
}

function Hours({ weekday, opens, closes }: Office["hours"][number]): ReactNode {
  const t = useT();
  const format = useFormat();
  return t("booking.none.hours", {
    weekday: format.weekday(weekday),
    opens: format.clock(opens),
    closes: format.clock(closes),
  });
}
