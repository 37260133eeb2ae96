/** By which day: two proposals, or another day. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import { DateField } from "../../../../ui/DateField";
import { dayAfter, SPANS } from "./days";
import type { Asking } from "./filling";

interface Props {
  /** Begin of the controls' ids. */
  id: string;
  values: Pick<Asking, "span" | "day">;
  change: (part: Partial<Pick<Asking, "span" | "day">>) => void;
  today: string;
  error: string | undefined;
}

export function DueField({ id, values, change, today, error }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const choice = (span: string, text: string) => (
    <Choice
      key={span}
      type="radio"
      look="plain"
      name={`${id}-span`}
      value={span}
      checked={values.span === span}
      onChange={() => change({ span })}
    >
      {text}
    </Choice>
  );
  return (
    <>
      <ChoiceGroup legend={t("staff.acting.due")} look="tight">
        {SPANS.map((days) =>
          choice(
            String(days),
            t("staff.acting.due.weeks", { weeks: days / 7, date: format.date(dayAfter(today, days)) }),
          ),
        )}
        {choice("other", t("staff.acting.due.other"))}
      </ChoiceGroup>
      {values.span === "other" && (
        <DateField
          id={`${id}-day`}
          name={`${id}-day`}
          label={t("staff.acting.due.day")}
          value={values.day}
          min={dayAfter(today, 1)}
          onChange={(day) => change({ day })}
          error={error}
        />
      )}
    </>
  );
}
