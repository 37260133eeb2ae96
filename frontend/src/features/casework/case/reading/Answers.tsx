/** The answers page by page, each beside its evidence; what was changed or differs from the account is told at the answer. */
import { Fragment, type ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Choice } from "../../../../ui/Choice";
import { Icon } from "../../../../ui/Icon";
import type { Case } from "../../types";
import { useKept } from "../acting/kept";
import { blocksOf, entriesOf, lastChanges, otherFiles, type Change, type Field } from "./answers";
import styles from "./case.module.css";
import { Papers } from "./Papers";
import { WRITERS, wordOf } from "./words";

const NOTHING: { pages: string[] } = { pages: [] };

export function Answers({ item, place }: { item: Case; place: string }): ReactNode {
  const t = useT();
  const { values, change } = useKept(`${place}.checked`, NOTHING);
  const changes = lastChanges(item.versions);
  const others = otherFiles(item);
  const total = item.pages.length;
  const checked = item.pages.filter(({ page }) => values.pages.includes(page)).length;
  const check = (page: string, on: boolean) =>
    change({ pages: on ? [...values.pages, page] : values.pages.filter((each) => each !== page) });
  return (
    <section aria-labelledby="answers">
      <h2 id="answers" tabIndex={-1}>
        {t("staff.case.answers")}
      </h2>
      <p className="muted">{t("staff.case.answers.checked", { checked, total })}</p>
      {item.pages.map(({ page, title, fields }) => (
        <div key={page} className={styles["pair"]}>
          <div>
            <h3>{title.text}</h3>
            {blocksOf(fields).map((block) => (
              <Fragment key={block.fields[0]?.pointer}>
                {block.entry !== null && (
                  <h4 className={styles["entry"]}>{t("staff.case.answers.entry", { number: block.entry })}</h4>
                )}
                <dl className={styles["qa"]}>
                  {block.fields.map((field) => (
                    <Answer key={field.pointer} field={field} change={changes.get(field.pointer)} />
                  ))}
                </dl>
              </Fragment>
            ))}
          </div>
          <div>
            <Papers
              item={item}
              files={item.attachments.filter((file) =>
                fields.some((field) => field.files.includes(file.attachment_id)),
              )}
            />
            <Choice
              type="checkbox"
              look="plain"
              checked={values.pages.includes(page)}
              onChange={(event) => check(page, event.currentTarget.checked)}
            >
              {t("staff.case.answers.page_checked")}
              <span className="vh"> {title.text}</span>
            </Choice>
          </div>
        </div>
      ))}
      {others.length > 0 && (
        <div className={styles["pair"]}>
          <h3>{t("staff.case.file.other")}</h3>
          <Papers item={item} files={others} />
        </div>
      )}
    </section>
  );
}

function Answer({ field, change }: { field: Field; change: Change | undefined }): ReactNode {
  const t = useT();
  const source = sourceOf(field);
  return (
    <>
      <dt>{field.label}</dt>
      <dd>
        <Words field={field} />
        {source && <small className={`${styles["line"] ?? ""} ${styles["said"] ?? ""}`}>{t(source)}</small>}
        {field.differs && (
          <Differs text={t("staff.case.answers.differs", { value: field.asserted_words.join(", ") })} />
        )}
        {change && <Changed change={change} />}
      </dd>
    </>
  );
}

/** Where an answer came from; an account that says something else now is told apart. */
function sourceOf({ locked, source, differs }: Field) {
  if (locked) return "staff.case.answers.locked";
  return source === "account" && !differs ? "staff.case.answers.account" : null;
}

function Words({ field }: { field: Field }): ReactNode {
  const t = useT();
  const entries = entriesOf(field);
  if (entries !== null) return t("staff.case.answers.entries", { count: entries });
  if (field.type === "file") {
    const count = field.files.length;
    return count > 0 ? t("staff.case.file.count", { count }) : t("staff.case.answers.no_files");
  }
  if (field.words.length === 0) return <span className="muted">{t("staff.case.answers.none")}</span>;
  return field.words.map((line, place) => (
    <bdi key={place} className={styles["line"]}>
      {line}
    </bdi>
  ));
}

function Differs({ text }: { text: string }): ReactNode {
  return (
    <span className={styles["was"]}>
      <Icon name="warn" />
      <span>{text}</span>
    </span>
  );
}

function Changed({ change }: { change: Change }): ReactNode {
  const t = useT();
  const format = useFormat();
  const before = (change.before ?? []).join(", ") || t("staff.case.answers.none");
  return (
    <span className={styles["was"]}>
      <Icon name="info" />
      <span>
        {t("staff.case.answers.changed", {
          date: format.numericDate(change.at),
          by: wordOf(WRITERS, change.by, t),
          before,
        })}
      </span>
    </span>
  );
}
