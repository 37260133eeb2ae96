/** What an application costs before anything is answered: the range of the catalogue's fees, unknown ones said so. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import type { Form } from "../engine/form";
import { useCatalogueService } from "../queries";
import { useWords } from "../text";

export function useCostText(form: Form): ReactNode {
  const t = useT();
  const format = useFormat();
  const words = useWords(form);
  const { data } = useCatalogueService(form.facts.service);
  if (form.facts.payment.when === "none") return t("applications.start.cost.free");
  const amounts = (data?.fees ?? []).flatMap(({ amount_cents: from, up_to_cents: to }) =>
    from === null ? [] : [from, ...(to === null ? [] : [to])],
  );
  const unknown = words.find("service.fee_unknown");
  if (amounts.length === 0) return unknown ? <LocalizedText text={unknown} /> : t("applications.start.cost.later");
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  const amount = (cents: number) => (cents === 0 ? t("applications.start.cost.free") : format.amount(cents));
  return least === most
    ? amount(least)
    : t("applications.start.cost.range", { from: format.amount(least), to: format.amount(most) });
}
