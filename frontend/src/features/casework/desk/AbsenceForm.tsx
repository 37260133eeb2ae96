/** Until when somebody is away and who does her work meanwhile. */
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { SelectField } from "../../../ui/Field";
import { useColleagues, useColleaguesAgain } from "../colleagues";
import { DayField, isDayOrEmpty } from "../frame/DayField";
import { PROFILE } from "../queries";
import type { Worker } from "../types";
import { setAbsence } from "./api";
import styles from "./desk.module.css";

export function AbsenceForm({ worker }: { worker: Pick<Worker, "id" | "absent_until" | "substitute"> }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const again = useColleaguesAgain();
  const others = useColleagues().filter(({ id }) => id !== worker.id);
  const { busy, problem, run } = useAction();
  const [until, setUntil] = useState(worker.absent_until ?? "");
  const [substitute, setSubstitute] = useState(worker.substitute ?? "");
  const [faulty, setFaulty] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setFaulty(!isDayOrEmpty(until));
    if (!isDayOrEmpty(until)) return document.getElementById(`weg-${worker.id}`)?.focus();
    return void run(async () => {
      await setAbsence(worker.id, until || null, until ? substitute || null : null);
      await Promise.all([again(), client.invalidateQueries({ queryKey: PROFILE })]);
      announce(t(until ? "staff.absence.saved" : "staff.absence.ended"));
    });
  };
  const refused =
    problem &&
    (problem.status === 422 || problem.status === 409 ? t("staff.absence.refused") : problemText(problem, t, format));
  return (
    <form onSubmit={save}>
      <p className="t2 muted">{t("staff.absence.text")}</p>
      <div className={styles["toolbar"]}>
        <DayField
          id={`weg-${worker.id}`}
          label={t("staff.absence.until")}
          value={until}
          onChange={setUntil}
          error={faulty ? t("staff.day.error") : (refused ?? undefined)}
        />
        <SelectField
          id={`vertretung-${worker.id}`}
          label={t("staff.absence.substitute")}
          value={substitute}
          onChange={({ target }) => setSubstitute(target.value)}
        >
          <option value="">{t("staff.absence.nobody")}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <div className={styles["send"]}>
          <Button type="submit" look="second" busy={busy}>
            {t("staff.absence.save")}
          </Button>
        </div>
      </div>
    </form>
  );
}
