/** One question or small group of a form: typed, saved on the server, and on to the next one. */
import { useEffect, type FormEvent, type ReactNode } from "react";
import { Redirect, useLocation, useParams, useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { signInLevel } from "../../../api/session";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { rescueFocus } from "../../../lib/navigation";
import { Button, TextButton } from "../../../ui/Button";
import { ErrorSummary, type Fault } from "../../../ui/ErrorSummary";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { holds } from "../engine/conditions";
import type { PageView } from "../engine/visibility";
import { FieldsContext } from "../fields/context";
import { FieldView } from "../fields/FieldView";
import { Conflict } from "../filling/Conflict";
import { DraftGate, type Opened } from "../filling/DraftGate";
import { SignInBox } from "../filling/SignInBox";
import { fieldsOf, usePage, type FilledPage } from "../filling/usePage";
import { at, controlOf, pageAddress } from "../model";
import { APPLICATION_ERRORS } from "../problems";
import { useDraftUpdate } from "../queries";

/** Pages that were opened from the check page lead back to it. */
export const FROM_CHECK = "von=pruefen";
const CHECK = "pruefen";

export function FormPage(): ReactNode {
  const { page = "" } = useParams<{ page: string }>();
  return <DraftGate>{(opened) => <OnePage key={page} opened={opened} page={page} />}</DraftGate>;
}

/** "Wer zieht um?" for the second entry may name it: `{n}`. */
const entryValues = (view: PageView): Record<string, number> => (view.entry === null ? {} : { n: view.entry + 1 });

function OnePage({ opened, page }: { opened: Opened; page: string }): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const fromCheck = useSearch() === FROM_CHECK;
  const { form, draft, words, service } = opened;
  const filled = usePage(form, draft, page);
  const { view, views, problem, conflict } = filled;
  useEffect(() => {
    // The two buttons of a conflict go with it.
    rescueFocus();
  }, [conflict]);
  const tasks = pageAddress(draft.service, draft.draft_id);
  if (!view) return <Redirect to={tasks} replace />;
  const place = views.indexOf(view);
  const title = words.get(`${view.page.id}.title`, entryValues(view));
  const lead = words.find(`${view.page.id}.lead`, entryValues(view));
  const group = words.get(`group.${view.page.review_group}.title`);
  const before = views[place - 1];
  const faults = faultLines(filled, opened);
  const refusal = problem ? problemText(problem, t, format, APPLICATION_ERRORS) : "";
  const next = (after: readonly PageView[]) => {
    announce(t("applications.page.saved"));
    const now = after.findIndex(({ key }) => key === page);
    const following = fromCheck ? undefined : after[now + 1];
    navigate(pageAddress(draft.service, draft.draft_id, following ? following.key : CHECK));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    filled.save((_, after) => next(after), true);
  };
  return (
    <Page
      title={title.text}
      heading={<LocalizedText text={title} />}
      lead={lead && <LocalizedText text={lead} />}
      step={{ now: place + 1, total: views.length + 1, name: group.text }}
      service={service}
      faulty={conflict !== null || faults.length > 0 || refusal !== ""}
      back={
        before && !fromCheck
          ? { href: pageAddress(draft.service, draft.draft_id, before.key), text: t("applications.page.back") }
          : { href: fromCheck ? `${tasks}/${CHECK}` : tasks, text: t("applications.page.back") }
      }
      before={
        conflict ? (
          <Conflict opened={opened} filled={filled} other={conflict} view={view} />
        ) : faults.length > 0 || refusal ? (
          <ErrorSummary attempt={filled.attempt} faults={refusal ? [{ text: refusal }, ...faults] : faults}>
            {problem?.status === 401 && (
              <SignInBox
                wanted={{
                  level: signInLevel(draft.level_needed),
                  to: { page: "draft", params: { service: draft.service, draft: draft.draft_id } },
                  path: pageAddress(draft.service, draft.draft_id, page),
                }}
              />
            )}
          </ErrorSummary>
        ) : null
      }
    >
      {filled.restored && (
        <Note className="t5">
          <p>{t("applications.page.restored")}</p>
        </Note>
      )}
      <form onSubmit={submit} noValidate>
        <Fields opened={opened} filled={filled} view={view} />
        <Why opened={opened} view={view} />
        <div className="actions">
          <Button type="submit" busy={filled.busy}>
            {t("applications.page.save")}
          </Button>
          <TextButton
            onClick={() =>
              filled.save(() => {
                announce(t("applications.page.saved"));
                navigate(tasks);
              }, false)
            }
          >
            {t("applications.page.later")}
          </TextButton>
        </div>
      </form>
    </Page>
  );
}

/** Lines of the summary in the words of the fields. */
function faultLines({ faults }: FilledPage, { words }: Opened): Fault[] {
  return faults.map((fault) => ({ field: controlOf(fault.pointer), text: words.error(fault) }));
}

interface PartProps {
  opened: Opened;
  view: PageView;
}

function Fields({ opened, filled, view }: PartProps & { filled: FilledPage }): ReactNode {
  const { form, draft, words } = opened;
  const { putFile } = useDraftUpdate(draft.draft_id);
  const { answers, faults, change } = filled;
  const level = view.page.repeat === undefined ? answers : at(answers, [view.page.repeat, view.entry ?? 0]);
  const required = new Map(view.page.fields.map(({ field, required: rule = true }) => [field, rule]));
  const entryAddress = (group: string, entry: number) => {
    const first = form.pages.find((page) => page.repeat === group);
    return first ? pageAddress(draft.service, draft.draft_id, `${first.id}.${String(entry + 1)}`) : null;
  };
  return (
    <FieldsContext
      value={{
        form,
        words,
        answers,
        change,
        faults,
        prefilled: draft.prefilled,
        home: { kind: "draft", draft_id: draft.draft_id },
        attachments: draft.attachments,
        onFile: putFile,
        entryAddress,
      }}
    >
      {fieldsOf(form, view).map(({ node, path, name }) => (
        <FieldView
          key={name}
          node={node}
          path={path}
          optional={node["x-type"] !== "declaration" && !holds(required.get(name) ?? true, level ?? {})}
        />
      ))}
    </FieldsContext>
  );
}

/** Why we ask, once below the fields; every reason of the page. */
function Why({ opened, view }: PartProps): ReactNode {
  const t = useT();
  const { form, words } = opened;
  const reasons = [
    words.find(`${view.page.id}.why`, entryValues(view)),
    ...fieldsOf(form, view).map(({ path }) => words.of(path, "why")),
  ].filter((text) => text !== null);
  if (reasons.length === 0) return null;
  return (
    <Note className="t6">
      <h2 className="h3">{t("applications.page.why")}</h2>
      {reasons.map((text) => (
        <p key={text.text}>
          <LocalizedText text={text} />
        </p>
      ))}
    </Note>
  );
}
