/** Times in words. */
import { useCallback } from "react";
import { berlinDay, useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { addDays } from "../days";
import type { Slot } from "../types";

interface SlotText {
  /** "Morgen, Montag, 23. November 2026". */
  day: (startsAt: string) => string;
  /** "Montag, 23. November 2026, 09:40 Uhr, BürgerServiceCenter-Mitte". */
  full: (slot: Slot, office: string) => string;
  /** Without the place. */
  moment: (startsAt: string) => string;
}

export function useSlotText(): SlotText {
  const t = useT();
  const format = useFormat();
  const day = useCallback(
    (startsAt: string) => {
      const date = format.date(startsAt);
      const today = berlinDay(new Date());
      const of = berlinDay(new Date(startsAt));
      if (of === today) return t("booking.time.today", { date });
      return of === addDays(today, 1) ? t("booking.time.tomorrow", { date }) : date;
    },
    [format, t],
  );
  return {
    day,
    full: ({ starts_at }, office) =>
      t("booking.slot", { date: format.date(starts_at), time: format.time(starts_at), office }),
    moment: (startsAt) => t("booking.moment", { date: format.date(startsAt), time: format.time(startsAt) }),
  };
}
