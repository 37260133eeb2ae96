/** Whether decisions come to the mailbox instead of by post; changeable at any time (OZG § 9). */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Choice } from "../../../ui/Choice";
import { setElectronicDelivery } from "../api";
import { useAgain } from "../queries";

export function ElectronicDelivery({ allowed }: { allowed: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("data");
  const { busy, problem, run } = useAction();
  const [wish, setWish] = useState(allowed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await setElectronicDelivery(wish);
      await again();
      announce(t("account.saved"));
    });
  };
  return (
    <form className="section" onSubmit={submit} aria-labelledby="delivery">
      <h2 id="delivery">{t("account.delivery.title")}</h2>
      <p>{t("account.delivery.text")}</p>
      <div className="t3">
        <Choice type="checkbox" look="plain" name="delivery" checked={wish} onChange={() => setWish(!wish)}>
          {t("account.delivery.choice")}
        </Choice>
      </div>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("account.delivery.save")}
        </Button>
      </div>
    </form>
  );
}
