/** Choosing a time: the five earliest first, then all days. Shared by booking and moving. */
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { berlinDay, useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { rescueFocus } from "../../../lib/navigation";
import { Button, TextLink } from "../../../ui/Button";
import { Loading } from "../../../ui/Loading";
import { addDays, groupDays } from "../days";
import type { Selection } from "../model";
import type { FreeTimes } from "../queries";
import type { OfficeSummary, Slot } from "../types";
import { DayTimes, dayId } from "./DayTimes";
import { EarlyTimes, type Chosen } from "./EarlyTimes";
import { NoTimes } from "./NoTimes";
import { useSlotText } from "./slotText";
import { TimeFilter } from "./TimeFilter";
import styles from "./times.module.css";

const FORM = "time-form";
/** Control that an error summary leads to. */
export const FIRST_TIME = "early-0";
export const FIRST_NEAR = "near-0";

interface Props {
  times: FreeTimes;
  selection: Selection;
  onSearch: (selection: Selection) => void;
  addressOf: (selection: Selection) => string;
  offices: readonly OfficeSummary[];
  /** Times near one that was taken meanwhile. */
  near: readonly Slot[];
  initial: Slot | null;
  submitText: string;
  busy: boolean;
  error?: string | undefined;
  /** Gets null when nothing was chosen. */
  onSubmit: (slot: Slot | null) => void;
  fixed?: boolean;
}

export function TimeChoice(props: Props): ReactNode {
  const { times, offices, near, initial, submitText, busy, error, onSubmit, selection } = props;
  const t = useT();
  const simple = useLanguage() === "de-simple";
  const [chosen, setChosen] = useState<Chosen | null>(initial && { slot: initial, list: "early" });
  const found = times.query.data;
  const names = new Map(offices.map((office) => [office.slug, office]));
  useSearchResult(times);
  if (!found) return <Loading />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(chosen?.slot ?? null);
  };
  const lists = { offices: names, chosen, onChoose: setChosen };
  const last = found.first.at(-1);
  const count = selection.offices.length || offices.length;
  return (
    <>
      {(near.length > 0 || found.first.length > 0) && (
        <form id={FORM} onSubmit={submit}>
          {near.length > 0 && (
            <EarlyTimes list="near" title={t("booking.taken.near")} slots={near} error={error} {...lists} />
          )}
          {found.first.length > 0 && (
            <EarlyTimes
              list="early"
              title={t("booking.time.early.title", { count: found.first.length })}
              hint={t("booking.time.early.where", { count })}
              error={near.length > 0 ? undefined : error}
              slots={found.first}
              {...lists}
            />
          )}
          <div className="actions">
            <Button type="submit" busy={busy}>
              {submitText}
            </Button>
            {simple
              ? last && (
                  <TextLink
                    href={props.addressOf({ ...selection, from: addDays(berlinDay(new Date(last.starts_at)), 1) })}
                  >
                    {t("booking.time.other_days")}
                  </TextLink>
                )
              : found.days.length > 0 && (
                  <a className={styles["jump"]} href="#tage">
                    {t("booking.time.other_days")}
                  </a>
                )}
          </div>
        </form>
      )}
      {found.days.length === 0 && (
        <NoTimes
          selection={selection}
          searchedUntil={found.searched_until}
          offices={offices}
          addressOf={props.addressOf}
          fixed={props.fixed ?? false}
        />
      )}
      {!simple && <MoreTimes {...props} found={found} lists={lists} />}
    </>
  );
}

/** Says what a new search found; the first one is said by the page itself. */
function useSearchResult({ query }: FreeTimes): void {
  const t = useT();
  const { data, dataUpdatedAt, isFetching } = query;
  const before = useRef<unknown>(data);
  useEffect(() => {
    if (isFetching || !data) return;
    const known = before.current as { first: unknown } | undefined;
    if (known && known.first !== data.first) {
      // The five earliest may lie beyond the days that are listed.
      const days = [...data.first.map(({ starts_at }) => starts_at.slice(0, 10)), ...data.days.map(({ date }) => date)];
      announce(t("booking.time.refreshed", { count: new Set(days).size }));
      rescueFocus();
    }
    before.current = data;
  }, [data, dataUpdatedAt, isFetching, t]);
}

interface MoreProps extends Props {
  found: NonNullable<FreeTimes["query"]["data"]>;
  lists: { offices: ReadonlyMap<string, OfficeSummary>; chosen: Chosen | null; onChoose: (chosen: Chosen) => void };
}

function MoreTimes({
  times,
  selection,
  onSearch,
  found,
  lists,
  submitText,
  busy,
  fixed = false,
}: MoreProps): ReactNode {
  const t = useT();
  const text = useSlotText();
  const days = groupDays(found.days);
  const { chosen } = lists;
  const office = chosen && lists.offices.get(chosen.slot.office);
  const goOn = (
    <div className={chosen ? styles["chosen"] : undefined}>
      {chosen && (
        <p>
          <T
            id="booking.time.chosen"
            values={{ slot: <b>{text.full(chosen.slot, office?.name ?? chosen.slot.office)}</b> }}
          />
        </p>
      )}
      <Button type="submit" form={FORM} className="t4" busy={busy}>
        {submitText}
      </Button>
    </div>
  );
  return (
    <section className="section" aria-labelledby="tage">
      <h2 id="tage" tabIndex={-1}>
        {t(days.length > 0 ? "booking.time.days.title" : "booking.filter.label")}
      </h2>
      <TimeFilter
        selection={selection}
        onSearch={onSearch}
        today={berlinDay(new Date())}
        horizonEnd={times.horizonEnd}
        withNeeds={!fixed}
      />
      {days.map((day) => (
        <DayTimes key={day.date} day={day} form={FORM} goOn={goOn} {...lists} />
      ))}
      {days.length > 0 && (
        <>
          <FurtherDays times={times} searchedUntil={found.searched_until} />
          {goOn}
        </>
      )}
    </section>
  );
}

/** Loads the days behind the last one; focus goes to the first new heading. */
function FurtherDays({ times, searchedUntil }: { times: FreeTimes; searchedUntil: string }): ReactNode {
  const t = useT();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<string[] | null>(null);
  const end = useRef<HTMLParagraphElement>(null);
  const date = format.date(searchedUntil);
  const { more } = times;
  useEffect(() => {
    if (!came) return;
    const [first] = came;
    const heading = first && document.getElementById(dayId(first))?.closest("h3");
    announce(t("booking.time.loaded", { count: came.length, date }));
    if (heading) heading.focus();
    else if (!more) end.current?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each load; words and dates of a later render must not repeat it
  }, [came]);
  const load = () => {
    if (!more || busy) return;
    setBusy(true);
    more()
      .then(setCame, () => announce(t("booking.error.no_connection")))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles["day"]}>
      {more && (
        <Button look="second" busy={busy} onClick={load}>
          {t("booking.time.more_days")}
        </Button>
      )}
      <p className="t3 muted small" tabIndex={-1} ref={end}>
        {t("booking.time.searched", { date })} {!more && t("booking.time.end")}
      </p>
    </div>
  );
}
