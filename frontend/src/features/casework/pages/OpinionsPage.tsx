/** Questions of other offices to one's own, with what they let one see; answered here. */
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { loadTyped, saveTyped } from "../../../lib/typed";
import { Button } from "../../../ui/Button";
import { FieldFrame } from "../../../ui/Field";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Rows } from "../../../ui/Rows";
import { answerOpinion, listOpinions } from "../desk/api";
import styles from "../desk/desk.module.css";
import { Growing } from "../desk/Growing";
import { Tabs } from "../desk/Tabs";
import { usePages } from "../desk/usePages";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { useProfile } from "../queries";
import type { Opinion } from "../types";

const ENDED = "erledigt=1";

export function OpinionsPage(): ReactNode {
  return (
    <Allowed page="opinions">
      <Lists />
    </Allowed>
  );
}

function Lists(): ReactNode {
  const t = useT();
  const scope = useSearch() === ENDED ? "ended" : "open";
  const tabs = [
    { query: "", text: t("staff.opinions.open") },
    { query: ENDED, text: t("staff.opinions.ended") },
  ];
  return (
    <Page title={t("staff.nav.opinions")}>
      <HelpHere text="staff.here.opinions" />
      <Tabs label={t("staff.opinions.views")} path="/stellungnahmen" tabs={tabs} />
      <Opinions scope={scope} />
    </Page>
  );
}

function Opinions({ scope }: { scope: "open" | "ended" }): ReactNode {
  const t = useT();
  const reading = usePages<Opinion, string>(["opinions", scope], (after, signal) => listOpinions(scope, after, signal));
  return (
    <Growing reading={reading} empty={t(scope === "open" ? "staff.opinions.none" : "staff.opinions.none_ended")}>
      {(opinions) => opinions.map((opinion) => <OneOpinion key={opinion.id} opinion={opinion} />)}
    </Growing>
  );
}

function OneOpinion({ opinion }: { opinion: Opinion }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data: profile } = useProfile();
  const id = `frage-${opinion.id}`;
  return (
    <article className={styles["item"]} aria-labelledby={id}>
      <header>
        <h2 id={id}>
          <LocalizedText text={opinion.title} />, <bdi>{opinion.reference}</bdi>
        </h2>
        <p className="muted">{t("staff.opinions.due", { date: format.date(opinion.due_on) })}</p>
      </header>
      <p className="t3">{t("staff.opinions.asks", { office: opinion.office_name ?? opinion.office })}</p>
      <p className={styles["quote"]}>
        <bdi>{opinion.question ?? t("staff.opinions.erased")}</bdi>
      </p>
      {opinion.pages.map(({ page, title, fields }) => (
        <details key={page} className={styles["fold"]}>
          <summary>
            <LocalizedText text={title} />
          </summary>
          <Rows
            items={fields.map((field) => ({
              key: field.pointer,
              label: field.label,
              value: <bdi>{field.words.join(", ")}</bdi>,
            }))}
          />
        </details>
      ))}
      {opinion.answer && (
        <>
          <h3 className="t3">{t("staff.opinions.answer")}</h3>
          <p className={styles["quote"]}>
            <bdi>{opinion.answer}</bdi>
          </p>
        </>
      )}
      {opinion.state === "withdrawn" && <p className="t3">{t("staff.opinions.withdrawn")}</p>}
      {opinion.state === "open" && profile?.can["case.answer_opinion"] && <Answer opinion={opinion} />}
    </article>
  );
}

function Answer({ opinion }: { opinion: Opinion }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { busy, problem, run } = useAction();
  const kept = `staff.opinion.${opinion.id}`;
  const [text, setText] = useState(() => String(loadTyped(kept)?.["answer"] ?? ""));
  const [missing, setMissing] = useState(false);
  const id = `antwort-${opinion.id}`;
  const type = (value: string) => {
    setText(value);
    saveTyped(kept, { answer: value });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!text.trim());
    if (!text.trim()) return document.getElementById(id)?.focus();
    return void run(async () => {
      await answerOpinion(opinion.id, text.trim());
      saveTyped(kept, null);
      await client.invalidateQueries({ queryKey: ["casework", "opinions"] });
      announce(t("staff.opinions.sent", { reference: opinion.reference }));
      document.querySelector<HTMLElement>("h1")?.focus();
    });
  };
  const refused =
    problem && (problem.code === "opinion_ended" ? t("staff.opinions.over") : problemText(problem, t, format));
  return (
    <form onSubmit={send} noValidate>
      <FieldFrame
        id={id}
        label={t("staff.opinions.your_answer")}
        hint={t("staff.opinions.hint")}
        error={missing ? t("staff.opinions.missing") : (refused ?? undefined)}
      >
        {(describedBy) => (
          <textarea
            id={id}
            className={styles["area"]}
            value={text}
            maxLength={5000}
            onChange={({ target }) => type(target.value)}
            aria-describedby={describedBy}
            aria-invalid={missing || undefined}
          />
        )}
      </FieldFrame>
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("staff.opinions.send")}
        </Button>
      </div>
    </form>
  );
}
