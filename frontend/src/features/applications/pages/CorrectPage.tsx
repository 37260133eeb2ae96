/** The office asked for something: exactly these fields and files are open again. */
import { useState, type FormEvent, type ReactNode } from "react";
import { Redirect, useLocation } from "wouter";
import { toProblem, type FieldError } from "../../../api/problem";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { loadTyped, saveTyped } from "../../../lib/typed";
import { Button, TextLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { answerRequest } from "../api";
import type { Answers, Form, Json } from "../engine/form";
import { FieldsContext } from "../fields/context";
import { FieldView } from "../fields/FieldView";
import { ApplicationGate } from "../following/ApplicationGate";
import { Wording } from "../following/RequestBox";
import { at, controlOf, joined, misfits, pointerOf, put, read, withFiles, withoutBody, type Path } from "../model";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate, useForm, withFile } from "../queries";
import { useWords } from "../text";
import type { Application, Request } from "../types";

export function CorrectPage(): ReactNode {
  return <ApplicationGate>{(application) => <Opened application={application} />}</ApplicationGate>;
}

function Opened({ application }: { application: Application }): ReactNode {
  const request = application.requests.find(({ state }) => state === "open");
  const form = useForm(application.service, application.version);
  if (!request) return <Redirect to={`/antraege/${application.reference}`} replace />;
  return (
    <Ready reading={form}>{(loaded) => <Correct application={application} request={request} form={loaded} />}</Ready>
  );
}

interface Props {
  application: Application;
  request: Request;
  form: Form;
}

function Correct({ application, request, form }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const words = useWords(form);
  const [, navigate] = useLocation();
  const update = useApplicationUpdate(application.reference);
  const { reference } = application;
  const back = `/antraege/${reference}`;
  const place = `${reference}/${request.id}`;
  const [typed, setTyped] = useState<Answers>(() => (loadTyped(place) ?? {}) as Answers);
  const [files, setFiles] = useState(application.attachments);
  const [refused, setRefused] = useState<{ faults: readonly FieldError[]; attempt: number }>({
    faults: [],
    attempt: 0,
  });
  const { busy, problem, attempt, run } = useApplicationAction(reference);
  const answers = { ...withFiles(application.answers, files), ...typed };
  const change = (path: Path, value: Json | undefined) => {
    const name = String(path[0]);
    const next = { ...typed, [name]: put(at(answers, [name]), path.slice(1), value) };
    setTyped(next);
    saveTyped(place, next);
  };
  const refuse = (faults: readonly FieldError[]) => setRefused({ faults, attempt: refused.attempt + 1 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = request.fields.flatMap((name) => {
      const node = form.schema.properties[name];
      return node ? [{ name, node, value: read(node, at(answers, [name])) }] : [];
    });
    const wrong = given.flatMap(({ name, node, value }) => misfits(node, value, pointerOf([name])));
    if (wrong.length > 0) {
      refuse(wrong);
      return;
    }
    void run(async () => {
      try {
        const sent = Object.fromEntries(given.map(({ name, value }) => [name, value]));
        const after = await answerRequest(application, request.id, sent);
        saveTyped(place, null);
        navigate(back, { replace: true, state: { news: "answered" } });
        await update(after);
      } catch (error) {
        const found = toProblem(error);
        if (found.status !== 422 || found.errors.length === 0) throw found;
        refuse(joined(withoutBody(found.errors)));
      }
    });
  };
  const refusal = problem ? [{ text: problemText(problem, t, format, APPLICATION_ERRORS) }] : [];
  const lines = refused.faults.map((fault) => ({ field: controlOf(fault.pointer), text: words.error(fault) }));
  const faults = [...refusal, ...lines];
  return (
    <Page
      title={t("applications.request.page.title")}
      lead={t("applications.request.page.lead")}
      service={application.title.text}
      back={{ href: back, text: t("applications.page.back") }}
      faulty={faults.length > 0}
      before={faults.length > 0 && <ErrorSummary attempt={refused.attempt + attempt} faults={faults} />}
    >
      <Note className="t5">
        <h2 className="h3">{t("applications.request.reason")}</h2>
        <Wording request={request} />
      </Note>
      <form onSubmit={submit} noValidate>
        <FieldsContext
          value={{
            form,
            words,
            answers,
            change,
            faults: refused.faults,
            prefilled: [],
            home: { kind: "request", reference },
            // What was sent before stays as it is; only what answers the request can still be taken away.
            attachments: files.filter(({ purpose }) => purpose === "request"),
            onFile: (id, file) => setFiles((all) => withFile(all, id, file)),
            entryAddress: null,
          }}
        >
          {[...request.fields, ...request.files].map((name) => {
            const node = form.schema.properties[name];
            return node && <FieldView key={name} node={node} path={[name]} optional={false} />;
          })}
        </FieldsContext>
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("applications.request.submit")}
          </Button>
          <TextLink href={back}>{t("applications.paid.back")}</TextLink>
        </div>
      </form>
    </Page>
  );
}
