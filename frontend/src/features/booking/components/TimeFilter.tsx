/** Narrows the search; nothing happens before its button is pressed. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { DateField } from "../../../ui/DateField";
import { formatSelection, isDate, NEEDS, type DayPart, type Selection } from "../model";
import type { Need } from "../types";
import styles from "./times.module.css";

const PARTS: readonly DayPart[] = ["morning", "afternoon"];
/** Monday to Saturday: no office is open on a Sunday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6];

/** Pixels: where the filter would fill the whole screen, it stays closed until it is wanted. */
const NARROW = 640;

interface Props {
  selection: Selection;
  onSearch: (selection: Selection) => void;
  /** Local dates. */
  today: string;
  horizonEnd: string;
  /** Moving an appointment keeps its needs: then they are no filter. */
  withNeeds: boolean;
}

function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** All chosen says the same as none chosen: no limit. */
function limit<Value>(chosen: readonly Value[], all: readonly Value[]): Value[] {
  return chosen.length === all.length ? [] : all.filter((value) => chosen.includes(value));
}

function isNarrowed({ part, weekdays, needs, from }: Selection): boolean {
  return part !== null || from !== null || weekdays.length > 0 || needs.length > 0;
}

export function TimeFilter({ selection, onSearch, today, horizonEnd, withNeeds }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const [parts, setParts] = useState<DayPart[]>(selection.part ? [selection.part] : [...PARTS]);
  const [weekdays, setWeekdays] = useState(selection.weekdays.length > 0 ? selection.weekdays : WEEKDAYS);
  const [needs, setNeeds] = useState<Need[]>(selection.needs);
  const [from, setFrom] = useState(selection.from ?? "");
  const [faulty, setFaulty] = useState(false);
  const [known, setKnown] = useState(selection);
  if (formatSelection(known) !== formatSelection(selection)) {
    // The selection changed from elsewhere, by "back" or a link: the form follows without losing its place.
    setKnown(selection);
    setParts(selection.part ? [selection.part] : [...PARTS]);
    setWeekdays(selection.weekdays.length > 0 ? selection.weekdays : WEEKDAYS);
    setNeeds(selection.needs);
    setFrom(selection.from ?? "");
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = from !== "" && !isDate(from);
    setFaulty(wrong);
    if (wrong) {
      document.getElementById("from")?.focus();
      return;
    }
    const [part = null] = limit(parts, PARTS);
    onSearch({ ...selection, part, weekdays: limit(weekdays, WEEKDAYS), needs, from: from || null });
  };
  const [open] = useState(() => window.innerWidth >= NARROW || isNarrowed(selection));
  return (
    <details className={styles["box"]} open={open}>
      <summary>{t("booking.filter.label")}</summary>
      <form className={styles["filter"]} aria-label={t("booking.filter.label")} onSubmit={submit} noValidate>
        <ChoiceGroup legend={t("booking.filter.part")} look="tight">
          {PARTS.map((part) => (
            <Choice
              key={part}
              type="checkbox"
              look="plain"
              name="part"
              value={part}
              checked={parts.includes(part)}
              onChange={() => setParts(toggled(parts, part))}
            >
              {t(`booking.filter.${part}`)}
            </Choice>
          ))}
        </ChoiceGroup>
        {withNeeds && <Needs needs={needs} onChange={setNeeds} />}
        <ChoiceGroup legend={t("booking.filter.weekdays")} look="tight" className={styles["weekdays"] ?? ""}>
          {WEEKDAYS.map((day) => (
            <Choice
              key={day}
              type="checkbox"
              look="plain"
              name="weekday"
              value={day}
              checked={weekdays.includes(day)}
              onChange={() => setWeekdays(toggled(weekdays, day))}
            >
              {format.weekday(day)}
            </Choice>
          ))}
        </ChoiceGroup>
        <DateField
          id="from"
          name="from"
          label={t("booking.filter.from")}
          value={from}
          onChange={setFrom}
          min={today}
          max={horizonEnd}
          error={faulty ? t("booking.filter.from_error") : undefined}
        />
        <div className="actions">
          <Button type="submit" look="second">
            {t("booking.filter.submit")}
          </Button>
        </div>
      </form>
    </details>
  );
}

interface NeedsProps {
  needs: readonly Need[];
  onChange: (needs: Need[]) => void;
  hint?: string;
}

/** What the office has to prepare. */
export function Needs({ needs, onChange, hint }: NeedsProps): ReactNode {
  const t = useT();
  return (
    <ChoiceGroup legend={t("booking.needs.legend")} look="tight" hint={hint}>
      {NEEDS.map((need) => (
        <Choice
          key={need}
          type="checkbox"
          look="plain"
          name="need"
          value={need}
          checked={needs.includes(need)}
          onChange={() => onChange(NEEDS.filter((other) => toggled(needs, need).includes(other)))}
        >
          {t(`booking.need.${need}`)}
        </Choice>
      ))}
    </ChoiceGroup>
  );
}
