/** What the office promised and who is responsible, beside the way of an application. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { Facts, type Fact } from "../../../ui/Facts";
import { LocalizedText } from "../../../ui/LocalizedText";
import type { Fee, Status } from "../types";
import { ENDED, PAYMENT, REFUNDING } from "./words";

interface Props {
  status: Status;
  /** For who may see all of it: what it costs, when the rules do not know yet. */
  fee?: Fee;
  children?: ReactNode;
}

export function PromiseBox({ status, fee, children }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { responsible, payment } = status;
  const facts: (Fact | null)[] = [
    useDecision(status),
    responsible && {
      key: "office",
      label: t("applications.status.responsible"),
      value: <bdi lang="de">{responsible.name}</bdi>,
      more: <bdi lang="de">{addressLine(responsible.address)}</bdi>,
    },
    fee?.unknown && fee.unknown_text && !ENDED.has(status.state)
      ? { key: "fee", label: t("applications.check.cost"), value: <LocalizedText text={fee.unknown_text} /> }
      : null,
    payment && {
      key: "payment",
      label: t("applications.status.payment"),
      value: t(status.next.key === "next.withdrawn_refund" ? REFUNDING : PAYMENT[payment]),
    },
    status.erase_on === null
      ? null
      : { key: "erase", label: t("applications.status.erase"), value: format.day(status.erase_on) },
  ];
  return (
    <Aside title={t("applications.status.promise")}>
      <Facts items={facts.filter((fact) => fact !== null)} />
      {children}
    </Aside>
  );
}

/** Until when it is decided, or why no day is named; null once there is nothing left to decide. */
function useDecision({ promise, state }: Status): Fact | null {
  const t = useT();
  const format = useFormat();
  if (promise.clock === "ended" || ENDED.has(state)) return null;
  return {
    key: "decision",
    label: t("applications.status.promise.decision"),
    value: promise.date
      ? t("applications.status.promise.until", { date: format.day(promise.date) })
      : t(promise.clock === "stopped" ? "applications.status.promise.stopped" : "applications.status.promise.none"),
  };
}

/** On one line as on an envelope; what is not known is left out. */
function addressLine({ street, postcode, city }: NonNullable<Status["responsible"]>["address"]): string {
  return [street, [postcode, city].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}
