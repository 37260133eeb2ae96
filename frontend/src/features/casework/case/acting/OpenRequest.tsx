/** The citizen was asked for something: what, until when, and the way to call it off. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Note } from "../../../../ui/Note";
import type { Case } from "../../types";
import styles from "./acting.module.css";
import { cancelRequest } from "./api";
import { placesOf } from "./places";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

export function OpenRequest({ request, ...acts }: ActsOn & { request: Case["requests"][number] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const act = useAct(acts);
  const faults = useFaults({}, act);
  return (
    <>
      <Refused problem={act.problem} faults={faults} />
      <Note kind="warn" icon="clock">
        <p>
          <b>{t("staff.acting.asked.title", { date: format.date(request.due_on) })}</b>
        </p>
        <ul>
          {namesOf(acts.item, request).map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <p className={styles["text"]}>{request.reason}</p>
        {request.reminded_at && <p>{t("staff.acting.asked.reminded", { date: format.date(request.reminded_at) })}</p>}
      </Note>
      <div className="actions">
        <Button
          look="second"
          busy={act.busy}
          onClick={() => act.run((seen) => cancelRequest(seen, request.id), t("staff.acting.asked.cancelled"))}
        >
          {t("staff.acting.asked.cancel")}
        </Button>
      </div>
      <p className="t3 muted">{t("staff.acting.asked.cancel.hint")}</p>
    </>
  );
}

/** Labels of what was asked for, in the order of the form. */
export function namesOf(item: Case, { fields, files }: Pick<Case["requests"][number], "fields" | "files">): string[] {
  const { slots, pages } = placesOf(item);
  const asked = new Set([...fields, ...files]);
  const known = [...slots, ...pages.flatMap((page) => page.fields)];
  return known.filter(({ name }) => asked.has(name)).map(({ label }) => label);
}
