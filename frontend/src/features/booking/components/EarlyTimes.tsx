/** A short list of times to choose from, each with day and place in full. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { slotKey } from "../model";
import type { OfficeSummary, Slot } from "../types";
import styles from "./times.module.css";
import { OfficeName } from "./ServiceName";
import { useSlotText } from "./slotText";

export interface Chosen {
  slot: Slot;
  /** The same time may stand in two lists: the choice belongs to one of them. */
  list: string;
}

interface Props {
  /** Prefix of the ids of the choices: the first is `${list}-0`. */
  list: string;
  title: string;
  hint?: ReactNode;
  error?: string | undefined;
  slots: readonly Slot[];
  offices: ReadonlyMap<string, OfficeSummary>;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}

export function EarlyTimes({ list, title, hint, error, slots, offices, chosen, onChoose }: Props): ReactNode {
  const format = useFormat();
  const text = useSlotText();
  return (
    <ChoiceGroup legend={<h2>{title}</h2>} hint={hint} error={error} look="list" className={styles["group"] ?? ""}>
      {slots.map((slot, index) => {
        const office = offices.get(slot.office);
        return (
          <Choice
            key={slotKey(slot)}
            type="radio"
            look="row"
            name="slot"
            id={`${list}-${String(index)}`}
            value={`${list}|${slotKey(slot)}`}
            checked={chosen?.list === list && slotKey(chosen.slot) === slotKey(slot)}
            onChange={() => onChoose({ slot, list })}
          >
            <span className={styles["line"]}>
              <time dateTime={slot.starts_at}>{format.time(slot.starts_at)}</time>{" "}
              <span>
                {text.day(slot.starts_at)} <small>{office && <OfficeName office={office} />}</small>
              </span>
            </span>
          </Choice>
        );
      })}
    </ChoiceGroup>
  );
}
