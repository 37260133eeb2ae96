/** Files for one slot: limits before, progress in words, state of each file, removal with focus on what is next. */
import { type ChangeEvent, type ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import { FieldFrame } from "../../../ui/Field";
import { controlOf, pointerOf } from "../model";
import { useSending, type Sending } from "../upload/useSending";
import { useFields } from "./context";
import own from "./fields.module.css";
import { useFault, useHint, useLabel, type FieldProps } from "./FieldView";
import { FileRow } from "./FileRow";

const FORMATS = ["pdf", "jpeg", "png", "heic"] as const;
type Format = (typeof FORMATS)[number];

/** What the browser offers to choose; phones offer the camera for pictures. The server looks into the file itself. */
const ACCEPT: Record<Format, string> = {
  pdf: "application/pdf,.pdf",
  jpeg: "image/jpeg,.jpg,.jpeg",
  png: "image/png,.png",
  heic: "image/heic,image/heif,.heic,.heif",
};

/** Largest file in megabytes; the server names the exact limit when it is passed. */
export const MOST_MEGABYTES = 20;

export function FileField({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const format = useFormat();
  const { attachments, form, home } = useFields();
  const slot = String(path[0]);
  const field = form.pages.flatMap((page) => page.fields).find((known) => known.field === slot);
  const formats = field?.file?.formats ?? FORMATS;
  const files = attachments.filter((file) => file.slot === slot);
  const { sending, send, drop } = useSending(home, slot);
  const id = controlOf(pointerOf(path));
  const fault = useFault(path);
  const most = node.maxItems ?? 1;
  const limits = t("applications.file.limits", {
    formats: format.list(formats.map((name) => name.toUpperCase())),
    size: format.number(MOST_MEGABYTES),
    count: most,
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const picked = [...(event.target.files ?? [])];
    event.target.value = "";
    for (const file of picked) void send(file);
  };
  const toInput = () => document.getElementById(id)?.focus();
  const afterRemoval = (name: string) => {
    announce(t("applications.file.removed", { name }));
    toInput();
  };
  return (
    <>
      <FieldFrame
        id={id}
        label={useLabel(path)}
        hint={<Hints path={path} limits={limits} />}
        error={fault}
        optional={optional}
      >
        {(describedBy) => (
          <input
            id={id}
            name={pointerOf(path)}
            type="file"
            multiple={most > 1}
            accept={formats.map((name) => ACCEPT[name]).join(",")}
            className={own["pick"]}
            aria-describedby={describedBy}
            aria-invalid={fault ? true : undefined}
            onChange={choose}
          />
        )}
      </FieldFrame>
      {(files.length > 0 || sending.length > 0) && (
        <ul className={own["files"]} aria-label={t("applications.file.list")}>
          {files.map((file) => (
            <FileRow key={file.attachment_id} file={file} onRemoved={() => afterRemoval(file.name)} />
          ))}
          {sending.map((each) => (
            <SendingRow
              key={each.key}
              sending={each}
              onDrop={() => {
                drop(each.key);
                toInput();
              }}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Hints({ path, limits }: { path: FieldProps["path"]; limits: string }): ReactNode {
  const hint = useHint(path);
  return (
    <>
      {hint}
      {hint && <br />}
      {limits}
    </>
  );
}

function SendingRow({ sending, onDrop }: { sending: Sending; onDrop: () => void }): ReactNode {
  const t = useT();
  const { name, percent, fault } = sending;
  const word = t(fault ? "applications.group.remove" : "applications.file.stop");
  return (
    <li>
      <bdi>{name}</bdi>
      {fault ? (
        <p role="alert">{fault}</p>
      ) : (
        <>
          <p className="muted">{t("applications.file.sending", { percent })}</p>
          <progress value={percent} max={100} aria-label={t("applications.file.progress", { name })} />
        </>
      )}
      <TextButton onClick={onDrop} aria-label={`${word}: ${name}`}>
        {word}
      </TextButton>
    </li>
  );
}
