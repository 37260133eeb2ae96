/** All answers of a form by review group, each with its way back to change it. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Rows, type Row } from "../../../ui/Rows";
import type { Answers as AllAnswers, Form } from "../engine/form";
import type { PageView } from "../engine/visibility";
import { visiblePages } from "../engine/visibility";
import { AnswerText } from "../fields/AnswerText";
import { at, pointerOf, withFiles, type Path } from "../model";
import type { Words } from "../text";
import type { Attachment } from "../types";
import { fieldsOf } from "./usePage";

interface Props {
  form: Form;
  words: Words;
  answers: AllAnswers;
  files: readonly Attachment[];
  /** Address where the answers of a page can be changed; null when they are sent already. */
  changeAt: ((page: string) => string) | null;
}

export function Answers({ form, words, answers, files, changeAt }: Props): ReactNode {
  const all = withFiles(answers, files);
  const views = visiblePages(form, all);
  const groups = [...new Set(views.map(({ page }) => page.review_group))];
  return groups.map((group) => (
    <section key={group} aria-labelledby={`review-${group}`} className="t7">
      <h2 id={`review-${group}`} className="h3">
        <LocalizedText text={words.get(`group.${group}.title`)} />
      </h2>
      {views
        .filter(({ page }) => page.review_group === group)
        .map((view) => (
          <PageRows
            key={view.key}
            form={form}
            words={words}
            answers={all}
            files={files}
            view={view}
            change={changeAt?.(view.key) ?? null}
          />
        ))}
    </section>
  ));
}

interface PageRowsProps extends Omit<Props, "changeAt"> {
  view: PageView;
  change: string | null;
}

function PageRows({ form, words, answers, files, view, change }: PageRowsProps): ReactNode {
  const t = useT();
  const { repeat } = view.page;
  const n = (view.entry ?? 0) + 1;
  const rows: Row[] = fieldsOf(form, view).map(({ node, path }) => ({
    key: pointerOf(path),
    label: words.label(path).text,
    value:
      node["x-type"] === "file" ? (
        <Files slot={String(path[0])} files={files} />
      ) : node["x-type"] === "group" && hasPages(form, path) ? (
        countOf(at(answers, path), t("applications.field.none"))
      ) : (
        <AnswerText node={node} path={path} value={at(answers, path)} words={words} />
      ),
    ...(change !== null && { change }),
  }));
  return (
    <>
      {repeat !== undefined && (
        <h3 className="t4">
          <LocalizedText text={words.of([repeat], "entry", { n }) ?? words.label([repeat])} />
        </h3>
      )}
      <Rows items={rows} />
    </>
  );
}

const hasPages = (form: Form, [name]: Path): boolean => form.pages.some(({ repeat }) => repeat === name);

/** Entries with pages of their own follow below; here only how many there are. */
function countOf(entries: unknown, none: string): string {
  return Array.isArray(entries) && entries.length > 0 ? String(entries.length) : none;
}

function Files({ slot, files }: { slot: string; files: readonly Attachment[] }): ReactNode {
  const t = useT();
  const own = files.filter((file) => file.slot === slot);
  if (own.length === 0) return <span className="muted">{t("applications.check.files", { count: 0 })}</span>;
  return own.map(({ attachment_id, name }) => (
    <span key={attachment_id}>
      <bdi>{name}</bdi>
      <br />
    </span>
  ));
}
