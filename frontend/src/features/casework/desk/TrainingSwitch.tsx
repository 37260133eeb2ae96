/** Training: invented cases that only this person sees, until it is switched off or the session ends. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { setTraining } from "./api";

export function TrainingSwitch({ on }: { on: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { busy, problem, run } = useAction();
  const turn = () =>
    void run(async () => {
      await setTraining(!on);
      // Offices, lists and rights are others now.
      await client.invalidateQueries({ queryKey: ["casework"] });
      announce(t(on ? "staff.training.off" : "staff.training.on"));
    });
  return (
    <section className="section" aria-labelledby="ueben">
      <h2 id="ueben">{t("staff.training.title")}</h2>
      <p className="t2">{t("staff.training.text")}</p>
      <p className="t2">{t(on ? "staff.training.is_on" : "staff.training.is_off")}</p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        <Button look="second" busy={busy} onClick={turn}>
          {t(on ? "staff.training.stop" : "staff.training.start")}
        </Button>
      </div>
    </section>
  );
}
