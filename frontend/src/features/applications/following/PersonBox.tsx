/** The rules decided this alone: one press, and a person looks at it. */
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { askForPerson } from "../api";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate } from "../queries";
import type { Application } from "../types";
import styles from "./following.module.css";

export function PersonBox({ application }: { application: Application }): ReactNode {
  const t = useT();
  const format = useFormat();
  const update = useApplicationUpdate(application.reference);
  const { busy, problem, run } = useApplicationAction(application.reference);
  if (!application.can.ask_person) return null;
  const ask = () =>
    void run(async () => {
      await update(await askForPerson(application));
      announce(t("applications.person.asked"));
    });
  return (
    <section className="section" aria-labelledby="person">
      <h2 id="person">{t("applications.person.title")}</h2>
      <p className={styles["text"]}>{t("applications.person.text")}</p>
      {problem && <p role="alert">{problemText(problem, t, format, APPLICATION_ERRORS)}</p>}
      <div className="actions">
        <Button look="second" busy={busy} onClick={ask}>
          {t("applications.person.action")}
        </Button>
      </div>
    </section>
  );
}
