/** The teams of one colleague, as words between commas. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { useColleaguesAgain } from "../colleagues";
import type { Worker } from "../types";
import { setTeams } from "./api";
import styles from "./desk.module.css";
import { listed } from "./rules";

export function TeamForm({ worker }: { worker: Worker }): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useColleaguesAgain();
  const { busy, problem, run } = useAction();
  const [teams, setTyped] = useState(worker.teams.join(", "));
  const save = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await setTeams(worker.id, listed(teams));
      await again();
      announce(t("staff.teams.saved", { name: worker.name ?? "" }));
    });
  };
  const refused = problem && (problem.status === 422 ? t("staff.routing.fault.team") : problemText(problem, t, format));
  return (
    <form className={styles["toolbar"]} onSubmit={save}>
      <Field
        id={`teams-${worker.id}`}
        label={t("staff.teams.of", { name: worker.name ?? "" })}
        value={teams}
        onChange={({ target }) => setTyped(target.value)}
        error={refused ?? undefined}
      />
      <div className={styles["send"]}>
        <Button type="submit" look="second" busy={busy}>
          {t("staff.teams.save")}
        </Button>
      </div>
    </form>
  );
}
