/** The list of what a form asks: what is done, what is open, and the way on. */
import { useState, type ReactNode } from "react";
import { Link, Redirect } from "wouter";
import { takeWantedPath, useSession } from "../../../api/session";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Tag } from "../../../ui/Tag";
import { visiblePages, type PageView } from "../engine/visibility";
import { DraftGate, type Opened } from "../filling/DraftGate";
import { ResumeLink } from "../filling/ResumeLink";
import styles from "../filling/tasks.module.css";
import { pageAddress, withFiles } from "../model";
import type { PageState } from "../types";

export function TasksPage(): ReactNode {
  return <DraftGate>{(opened) => <Tasks opened={opened} />}</DraftGate>;
}

function Tasks({ opened }: { opened: Opened }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { form, draft, words, service } = opened;
  const guest = useSession().data?.kind === "guest";
  const base = pageAddress(draft.service, draft.draft_id);
  // After signing in again one goes on where one was.
  const [wanted] = useState(() => takeWantedPath(base));
  const views = visiblePages(form, withFiles(draft.answers, draft.attachments));
  if (wanted) return <Redirect to={wanted} replace />;
  const stateOf = (view: PageView): PageState => draft.pages.find(({ id }) => id === view.key)?.state ?? "empty";
  const open = views.find((view) => stateOf(view) !== "saved");
  const done = views.filter((view) => stateOf(view) === "saved").length;
  const begun = draft.pages.some(({ state }) => state !== "empty");
  return (
    <Page
      title={service}
      heading={<LocalizedText text={words.get("service.title")} />}
      lead={t("applications.tasks.progress", { done, total: views.length })}
      back={
        guest
          ? { href: `/antrag/${draft.service}`, text: t("applications.page.back") }
          : { href: "/konto", text: t("account.back") }
      }
    >
      {draft.changes && <Changed opened={opened} />}
      {draft.actor === "helper" && (
        <Note className="t5">
          <p>{t("applications.tasks.helper")}</p>
        </Note>
      )}
      <div className="actions">
        <ButtonLink href={`${base}/${open ? open.key : "pruefen"}`}>
          {t(open ? (begun ? "applications.tasks.go_on" : "applications.tasks.go") : "applications.tasks.check")}
        </ButtonLink>
      </div>
      <TaskList opened={opened} views={views} stateOf={stateOf} />
      <p className="t5 muted">
        {t("applications.tasks.kept", { time: format.moment(draft.touched_at), date: format.date(draft.expires_at) })}
      </p>
      {guest && <ResumeLink draft={draft} />}
    </Page>
  );
}

interface ListProps {
  opened: Opened;
  views: readonly PageView[];
  stateOf: (view: PageView) => PageState;
}

function TaskList({ opened, views, stateOf }: ListProps): ReactNode {
  const { words } = opened;
  const groups = [...new Set(views.map(({ page }) => page.review_group))];
  return groups.map((group) => (
    <section key={group} className="section" aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>
        <LocalizedText text={words.get(`group.${group}.title`)} />
      </h2>
      <ul className={styles["tasks"]}>
        {views
          .filter(({ page }) => page.review_group === group)
          .map((view) => (
            <Task key={view.key} opened={opened} view={view} state={stateOf(view)} />
          ))}
      </ul>
    </section>
  ));
}

function Task({ opened, view, state }: { opened: Opened; view: PageView; state: PageState }): ReactNode {
  const t = useT();
  const { draft, words } = opened;
  const values = view.entry === null ? {} : { n: view.entry + 1 };
  const name = words.find(`${view.page.id}.name`, values) ?? words.get(`${view.page.id}.title`, values);
  return (
    <li>
      <Link href={pageAddress(draft.service, draft.draft_id, view.key)}>
        <LocalizedText text={name} />
      </Link>
      <Tag
        {...(state === "saved" && { kind: "ok" as const, icon: "check" as const })}
        {...(state === "faulty" && { kind: "warn" as const, icon: "warn" as const })}
      >
        {t(`applications.tasks.${state}`)}
      </Tag>
    </li>
  );
}

/** A new version of the form with other questions: said once, answers are kept. */
function Changed({ opened }: { opened: Opened }): ReactNode {
  const t = useT();
  const { draft, words } = opened;
  const fresh = draft.changes?.new_fields ?? [];
  return (
    <Note kind="warn" className="t5">
      <h2 className="h3">{t("applications.tasks.changed.title")}</h2>
      <p>{t(fresh.length > 0 ? "applications.tasks.changed" : "applications.tasks.changed.less")}</p>
      {fresh.length > 0 && (
        <ul className="prose">
          {fresh.map((field) => (
            <li key={field}>
              <LocalizedText text={words.label([field])} />
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
