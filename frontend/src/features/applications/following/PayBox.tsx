/** A fee is due: online at the provider, by invoice, or at the counter where the service allows it. */
import { useState, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { startPayment } from "../api";
import { APPLICATION_ERRORS } from "../problems";
import type { PayWay } from "../types";
import { Turn } from "./Turn";

interface Props {
  reference: string;
  cents: number;
  /** The counter of the office takes money for this service. */
  counter: boolean;
  /** The office has decided already: nothing waits for the money any more. */
  decided: boolean;
  again: () => Promise<unknown>;
}

export function PayBox({ reference, cents, counter, decided, again }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const [chosen, setChosen] = useState<PayWay | null>(null);
  const { busy, problem, run } = useAction();
  const pay = (way: PayWay) => {
    setChosen(way);
    void run(async () => {
      const { location } = await startPayment(reference, way);
      if (location) {
        window.location.assign(location);
        return;
      }
      announce(t("applications.pay.chosen"));
      await again();
    });
  };
  return (
    <Turn title={t("applications.pay.title", { amount: format.amount(cents) })}>
      <p>{t(decided ? "applications.next.pay_decided" : "applications.next.pay")}</p>
      <p className="muted">{t("applications.pay.leaves")}</p>
      {problem && <p role="alert">{problemText(problem, t, format, APPLICATION_ERRORS)}</p>}
      <div className="actions">
        <Button busy={busy && chosen === "online"} onClick={() => pay("online")}>
          {t("applications.pay.online")}
        </Button>
        <Button look="second" busy={busy && chosen === "invoice"} onClick={() => pay("invoice")}>
          {t("applications.pay.invoice")}
        </Button>
        {counter && (
          <Button look="second" busy={busy && chosen === "counter"} onClick={() => pay("counter")}>
            {t("applications.pay.counter")}
          </Button>
        )}
      </div>
    </Turn>
  );
}
