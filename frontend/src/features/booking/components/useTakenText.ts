/** "Somebody else has just booked this", with the next free time when there is one. */
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import type { OfficeSummary, Slot } from "../types";

export function useTakenText(offices: readonly OfficeSummary[]): (near: readonly Slot[]) => string {
  const t = useT();
  const format = useFormat();
  return ([next]) => {
    if (!next) return t("booking.taken.none");
    const office = offices.find(({ slug }) => slug === next.office)?.name ?? next.office;
    return t("booking.taken", { date: format.date(next.starts_at), time: format.clock(next.starts_at), office });
  };
}
