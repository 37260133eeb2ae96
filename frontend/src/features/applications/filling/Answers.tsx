/** All answers of a form by review group, each with its way back to change it. */
import { Fragment, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Rows, type Row } from "../../../ui/Rows";
import type { Answers as AllAnswers, Form } from "../engine/form";
import type { PageView } from "../engine/visibility";
import { visiblePages } from "../engine/visibility";
import { AnswerText } from "../fields/AnswerText";
import { isUsable } from "../files";
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
  /** Pointers of answers that the account vouches for: they cannot be changed here, and the row says who to ask. */
  locked?: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export function Answers(props: Props): ReactNode {
  const { form, words, answers, files, changeAt, locked = NONE } = props;
  const rowsOf = useRows(form, words, withFiles(answers, files), files, locked);
  const views = visiblePages(form, withFiles(answers, files));
  const groups = [...new Set(views.map(({ page }) => page.review_group))];
  return groups.map((group) => {
    const own = views.filter(({ page }) => page.review_group === group);
    return (
      <section key={group} aria-labelledby={`review-${group}`} className="t7">
        <h2 id={`review-${group}`} className="h3">
          <LocalizedText text={words.get(`group.${group}.title`)} />
        </h2>
        {inLists(own).map((list) => (
          <Fragment key={list[0]?.key}>
            <EntryName words={words} view={list[0]} />
            <Rows items={list.flatMap((view) => rowsOf(view, changeAt?.(view.key) ?? null))} />
          </Fragment>
        ))}
      </section>
    );
  });
}

/** Pages whose rows stand in one list: those of the form, and those of each entry of a group. */
function inLists(views: readonly PageView[]): PageView[][] {
  const lists: PageView[][] = [];
  for (const view of views) {
    const last = lists.at(-1);
    const before = last?.[0];
    const together = before?.page.repeat === view.page.repeat && before?.entry === view.entry;
    if (last && together) last.push(view);
    else lists.push([view]);
  }
  return lists;
}

/** "Kind 2" above the rows of the second child. */
function EntryName({ words, view }: { words: Words; view: PageView | undefined }): ReactNode {
  const group = view?.page.repeat;
  if (group === undefined) return null;
  const n = (view?.entry ?? 0) + 1;
  return (
    <h3 className="t4">
      <LocalizedText text={words.of([group], "entry", { n }) ?? words.label([group])} />
    </h3>
  );
}

type RowsOf = (view: PageView, change: string | null) => Row[];

function useRows(
  form: Form,
  words: Words,
  answers: AllAnswers,
  files: readonly Attachment[],
  locked: ReadonlySet<string>,
): RowsOf {
  const t = useT();
  return (view, change) =>
    fieldsOf(form, view).map(({ node, path }) => ({
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
      ...(change !== null && (locked.has(pointerOf(path)) ? { more: t("applications.field.locked") } : { change })),
    }));
}

const hasPages = (form: Form, [name]: Path): boolean => form.pages.some(({ repeat }) => repeat === name);

/** Entries with pages of their own follow below; here only how many there are. */
function countOf(entries: unknown, none: string): string {
  return Array.isArray(entries) && entries.length > 0 ? String(entries.length) : none;
}

function Files({ slot, files }: { slot: string; files: readonly Attachment[] }): ReactNode {
  const t = useT();
  const own = files.filter((file) => file.slot === slot && isUsable(file));
  if (own.length === 0) return <span className="muted">{t("applications.check.files", { count: 0 })}</span>;
  return own.map(({ attachment_id, name }) => (
    <span key={attachment_id}>
      <bdi>{name}</bdi>
      <br />
    </span>
  ));
}
