/** What it costs, line by line; an unknown fee says so in the words of the service, never a guess. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Rows, type Row } from "../../../ui/Rows";
import type { Fee } from "../types";

export function FeeBox({ fee }: { fee: Fee }): ReactNode {
  const t = useT();
  const format = useFormat();
  const amount = (cents: number | null) =>
    cents === null
      ? t("applications.start.cost.later")
      : cents === 0
        ? t("applications.start.cost.free")
        : format.amount(cents);
  const rows: Row[] = fee.lines.map(({ rule, text, cents, quantity }) => ({
    key: rule,
    label: text?.text ?? rule,
    value: amount(cents),
    more: quantity !== null && quantity > 1 && t("applications.check.quantity", { count: quantity }),
  }));
  const sum: Row = { key: "sum", label: t("applications.check.sum"), value: <b>{amount(fee.cents)}</b> };
  return (
    <>
      <Rows items={fee.lines.length === 1 ? rows : [...rows, sum]} />
      {fee.unknown && fee.unknown_text && (
        <p className="t3">
          <LocalizedText text={fee.unknown_text} as="block" />
        </p>
      )}
    </>
  );
}
