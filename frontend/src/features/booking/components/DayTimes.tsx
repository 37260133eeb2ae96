/** Free times of one day: its heading counts them, below it one group of radio buttons per office. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { TextButton } from "../../../ui/Button";
import { Chip, Chips } from "../../../ui/Chip";
import { SHOWN_AT_FIRST, type DayTimes as Day, type OfficeTimes } from "../days";
import { slotKey } from "../model";
import type { OfficeSummary, Slot } from "../types";
import type { Chosen } from "./EarlyTimes";
import styles from "./times.module.css";
import { OfficeName } from "./ServiceName";

const LIST = "day";

/** Id of a day's heading text; "load further days" moves focus to the heading around it. */
export function dayId(date: string): string {
  return `day-${date}`;
}

interface Props {
  day: Day;
  offices: ReadonlyMap<string, OfficeSummary>;
  /** The form that the choices belong to. */
  form: string;
  /** Goes on with the chosen time; shown where the choice was made, because the page is long. */
  goOn: ReactNode;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}

export function DayTimes({ day, ...rest }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <section className={styles["day"]} aria-labelledby={dayId(day.date)}>
      <h3 tabIndex={-1}>
        <span id={dayId(day.date)}>{format.date(day.date)}</span>{" "}
        <span>{t("booking.time.free", { count: day.reachable })}</span>
      </h3>
      {day.offices.map((group) => (
        <OfficeGroup key={group.office} date={day.date} group={group} {...rest} />
      ))}
    </section>
  );
}

interface GroupProps extends Omit<Props, "day"> {
  date: string;
  group: OfficeTimes;
}

function OfficeGroup({ date, group, offices, form, goOn, chosen, onChoose }: GroupProps): ReactNode {
  const t = useT();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const firstNew = useRef<HTMLInputElement>(null);
  const office = offices.get(group.office);
  const officeId = `${dayId(date)}-${group.office}`;
  const isChosen = (slot: Slot) => chosen?.list === LIST && slotKey(chosen.slot) === slotKey(slot);
  const chosenHere = group.slots.some(isChosen);
  const hidden = all ? 0 : Math.max(0, group.slots.length - SHOWN_AT_FIRST);
  const moreText = `${t("booking.time.more")} (${format.number(hidden)})`;
  useEffect(() => {
    // The button is gone: focus goes on to the first of the times it stood for.
    if (all) firstNew.current?.focus();
  }, [all]);
  return (
    <fieldset>
      <legend>
        <span id={officeId}>{office ? <OfficeName office={office} /> : group.office}</span>
        {office?.address.street && (
          <bdi lang="de" dir="ltr" className={styles["street"]}>
            {office.address.street}
          </bdi>
        )}
      </legend>
      <Chips>
        {group.slots.slice(0, all ? undefined : SHOWN_AT_FIRST).map((slot, index) => {
          const textId = `${officeId}-${String(index)}`;
          return (
            <Chip
              key={slotKey(slot)}
              name="slot"
              form={form}
              value={`${LIST}|${slotKey(slot)}`}
              textId={textId}
              aria-labelledby={`${dayId(date)} ${textId} ${officeId}`}
              ref={index === SHOWN_AT_FIRST ? firstNew : undefined}
              checked={isChosen(slot)}
              onChange={() => onChoose({ slot, list: LIST })}
            >
              <bdi>{format.clock(slot.starts_at)}</bdi>
            </Chip>
          );
        })}
      </Chips>
      {hidden > 0 && (
        <TextButton
          className={styles["more"]}
          aria-label={`${moreText}: ${office?.name ?? group.office}, ${format.date(date)}`}
          onClick={() => setAll(true)}
        >
          {moreText}
        </TextButton>
      )}
      {chosenHere && goOn}
    </fieldset>
  );
}
