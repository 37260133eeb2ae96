/** The dialogue with the office, newest last, and the form to write. */
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { FieldFrame } from "../../../ui/Field";
import fieldStyles from "../../../ui/Field.module.css";
import { fileAddress, sendMessage } from "../api";
import own from "../fields/fields.module.css";
import { isUsable } from "../files";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate, withFile } from "../queries";
import type { Application, Attachment, Message } from "../types";
import { FileSlot } from "../upload/FileSlot";
import { FORMATS } from "../upload/formats";
import styles from "./following.module.css";

export function Messages({ application }: { application: Application }): ReactNode {
  const t = useT();
  const { messages } = application;
  return (
    <section className="section" aria-labelledby="messages">
      <h2 id="messages" tabIndex={-1}>
        {t("applications.status.messages")}
      </h2>
      {messages.length === 0 && <p className="t3 muted">{t("applications.status.messages.none")}</p>}
      {messages.length > 0 && (
        <ul className={styles["messages"]}>
          {messages.map((message) => (
            <OneMessage key={message.id} application={application} message={message} />
          ))}
        </ul>
      )}
      {application.can.message && <Write application={application} />}
    </section>
  );
}

function OneMessage({ application, message }: { application: Application; message: Message }): ReactNode {
  const t = useT();
  const format = useFormat();
  const office = application.responsible?.name;
  const files = application.attachments.filter(({ attachment_id }) => message.attachments.includes(attachment_id));
  const who =
    message.by === "office" && office ? (
      <bdi lang="de">{office}</bdi>
    ) : (
      t(
        message.by === "person"
          ? "applications.status.messages.you"
          : message.by === "helper"
            ? "applications.status.messages.helper"
            : "applications.status.messages.office",
      )
    );
  return (
    <li>
      <article>
        <header>
          <h3>{who}</h3>
          <time className="muted small" dateTime={message.at}>
            {format.moment(message.at)}
          </time>
        </header>
        <p className={styles["text"]}>
          <bdi>{message.text}</bdi>
        </p>
        {files.map(({ attachment_id, name }) => (
          <p key={attachment_id}>
            <a href={fileAddress(attachment_id)}>
              <bdi>{name}</bdi>
            </a>
          </p>
        ))}
      </article>
    </li>
  );
}

function Write({ application }: { application: Application }): ReactNode {
  const t = useT();
  const format = useFormat();
  const update = useApplicationUpdate(application.reference);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<Attachment[]>([]);
  const [fault, setFault] = useState<"applications.status.write.error" | "applications.status.write.file" | null>(null);
  const intent = useRef({ body: "", key: "" });
  const keyOf = (body: string) => {
    if (intent.current.body !== body) intent.current = { body, key: crypto.randomUUID() };
    return intent.current.key;
  };
  const { busy, problem, run, refuse } = useApplicationAction(application.reference);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = text.trim() === "";
    const waiting = files.some((file) => !isUsable(file));
    setFault(empty ? "applications.status.write.error" : waiting ? "applications.status.write.file" : null);
    refuse(null);
    if (empty || waiting) {
      document.getElementById("message")?.focus();
      return;
    }
    void run(async () => {
      const ids = files.map(({ attachment_id }) => attachment_id);
      await update(await sendMessage(application, text.trim(), ids, keyOf(JSON.stringify([text.trim(), ids]))));
      intent.current = { body: "", key: "" };
      setText("");
      setFiles([]);
      announce(t("applications.status.write.sent"));
    });
  };
  const refusal = problem ? problemText(problem, t, format, APPLICATION_ERRORS) : undefined;
  const error = fault ? t(fault) : refusal;
  return (
    <form onSubmit={submit} noValidate>
      <FieldFrame id="message" label={t("applications.status.write")} error={error}>
        {(describedBy) => (
          <textarea
            id="message"
            name="message"
            rows={5}
            maxLength={5000}
            className={`${fieldStyles["input"]} ${own["long"]}`}
            aria-describedby={describedBy}
            aria-invalid={error ? true : undefined}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FieldFrame>
      <FileSlot
        id="message-files"
        name="message-files"
        slot="message"
        label={t("applications.status.write.files")}
        optional
        formats={FORMATS}
        most={5}
        home={{ kind: "message", reference: application.reference }}
        files={files}
        onFile={(id, file) => setFiles((all) => withFile(all, id, file))}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("applications.status.write.submit")}
        </Button>
      </div>
    </form>
  );
}
