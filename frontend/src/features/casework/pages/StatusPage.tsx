/** Answers on the phone: how far an application is, for who names its number and the date of birth; no content. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Field } from "../../../ui/Field";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Rows } from "../../../ui/Rows";
import { nextText } from "../../applications/following/words";
import { getStatus } from "../desk/api";
import styles from "../desk/desk.module.css";
import { Allowed } from "../frame/Allowed";
import { DayField, isDayOrEmpty } from "../frame/DayField";
import { HelpHere } from "../frame/HelpHere";
import { isState } from "../lists/filters";
import type { CaseStatus } from "../types";

export function StatusPage(): ReactNode {
  return (
    <Allowed page="status">
      <Asking />
    </Allowed>
  );
}

function Asking(): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, attempt, run, refuse } = useAction();
  const [reference, setReference] = useState("");
  const [born, setBorn] = useState("");
  const [missing, setMissing] = useState<readonly ("nummer" | "geboren")[]>([]);
  const [told, setTold] = useState<CaseStatus | null>(null);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const faults = [!reference.trim() && "nummer", (!born || !isDayOrEmpty(born)) && "geboren"].filter(
      (fault) => fault !== false,
    );
    setMissing(faults as ("nummer" | "geboren")[]);
    setTold(null);
    refuse(null);
    if (faults.length > 0) return document.getElementById(String(faults[0]))?.focus();
    return void run(async () => {
      setTold(await getStatus(reference.trim(), born));
      announce(t("staff.status.told"));
    });
  };
  const unknown = problem?.status === 404 || problem?.status === 422;
  const refused = problem && (unknown ? t("staff.status.unknown") : problemText(problem, t, format));
  return (
    <Page
      title={t("staff.status.title")}
      lead={t("staff.status.lead")}
      faulty={refused !== null}
      before={refused && <ErrorSummary attempt={attempt} faults={[{ text: refused, field: "nummer" }]} />}
    >
      <HelpHere text="staff.here.status" />
      <form className={styles["toolbar"]} onSubmit={ask} noValidate aria-label={t("staff.status.title")}>
        <Field
          id="nummer"
          label={t("staff.status.reference")}
          maxLength={20}
          value={reference}
          onChange={({ target }) => setReference(target.value)}
          error={missing.includes("nummer") ? t("staff.status.missing.reference") : undefined}
        />
        <DayField
          id="geboren"
          label={t("staff.status.born")}
          value={born}
          onChange={setBorn}
          error={missing.includes("geboren") ? t("staff.status.missing.born") : undefined}
        />
        <div className={styles["send"]}>
          <Button type="submit" busy={busy}>
            {t("staff.status.ask")}
          </Button>
        </div>
      </form>
      {told && <Told status={told} />}
    </Page>
  );
}

function Told({ status }: { status: CaseStatus }): ReactNode {
  const t = useT();
  const format = useFormat();
  const next = nextText(status.next.key);
  const day = (value: string | null) => (value ? format.date(value) : t("staff.status.no_date"));
  return (
    <section className="t6" aria-labelledby="auskunft">
      <h2 id="auskunft">
        <LocalizedText text={status.title} />, <bdi>{status.reference}</bdi>
      </h2>
      <Rows
        items={[
          {
            key: "state",
            label: t("staff.filter.state"),
            value: isState(status.state) ? t(`staff.state.${status.state}`) : status.state,
          },
          { key: "promise", label: t("staff.status.promise"), value: day(status.promise_on) },
          { key: "due", label: t("staff.status.due"), value: day(status.due_on) },
        ]}
      />
      {next && (
        <>
          <h3 className="t4">{t("staff.status.say")}</h3>
          <p className={styles["quote"]}>{t(next)}</p>
        </>
      )}
    </section>
  );
}
