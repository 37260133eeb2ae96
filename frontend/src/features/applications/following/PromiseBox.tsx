/** What the office promised and who is responsible, beside the way of an application. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { Facts, type Fact } from "../../../ui/Facts";
import type { Status } from "../types";
import { ENDED, PAYMENT, REFUNDING } from "./words";

export function PromiseBox({ status, children }: { status: Status; children?: ReactNode }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { promise, responsible, payment } = status;
  const decision: Fact | null =
    promise.clock === "ended" || ENDED.has(status.state)
      ? null
      : {
          key: "decision",
          label: t("applications.status.promise.decision"),
          value: promise.date
            ? t("applications.status.promise.until", { date: format.day(promise.date) })
            : t(
                promise.clock === "stopped"
                  ? "applications.status.promise.stopped"
                  : "applications.status.promise.none",
              ),
        };
  const facts: (Fact | null)[] = [
    decision,
    responsible && {
      key: "office",
      label: t("applications.status.responsible"),
      value: <bdi lang="de">{responsible.name}</bdi>,
      more: (
        <bdi lang="de">
          {[
            responsible.address.street,
            [responsible.address.postcode, responsible.address.city].filter(Boolean).join(" "),
          ]
            .filter(Boolean)
            .join(", ")}
        </bdi>
      ),
    },
    payment && {
      key: "payment",
      label: t("applications.status.payment"),
      value: t(status.next.key === "next.withdrawn_refund" ? REFUNDING : PAYMENT[payment]),
    },
  ];
  return (
    <Aside title={t("applications.status.promise")}>
      <Facts items={facts.filter((fact) => fact !== null)} />
      {children}
    </Aside>
  );
}
