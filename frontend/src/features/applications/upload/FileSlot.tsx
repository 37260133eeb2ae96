/** Choosing and sending files: limits before, progress in words, state of each file, removal with focus on what is next. */
import { type ChangeEvent, type ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import { FieldFrame, FieldMessage } from "../../../ui/Field";
import type { FileHome } from "../api";
import own from "../fields/fields.module.css";
import type { Attachment } from "../types";
import { FileRow } from "./FileRow";
import { ACCEPT, MOST_MEGABYTES, type Format } from "./formats";
import { useSending, type Sending } from "./useSending";

interface Props {
  id: string;
  name: string;
  slot: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional: boolean;
  formats: readonly Format[];
  most: number;
  home: FileHome;
  /** Those of this slot that the server has. */
  files: readonly Attachment[];
  /** Tells that a file came, changed or went (null). */
  onFile: (attachment_id: string, file: Attachment | null) => void;
}

export function FileSlot({
  id,
  name,
  slot,
  label,
  hint,
  error,
  optional,
  formats,
  most,
  home,
  files,
  onFile,
}: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { sending, send, drop } = useSending(home, slot, onFile);
  const limits = t("applications.file.limits", {
    formats: format.list(formats.map((kind) => kind.toUpperCase())),
    size: format.number(MOST_MEGABYTES),
    count: most,
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const picked = [...(event.target.files ?? [])];
    event.target.value = "";
    for (const file of picked) void send(file);
  };
  const toInput = () => document.getElementById(id)?.focus();
  const afterRemoval = (gone: string) => {
    announce(t("applications.file.removed", { name: gone }));
    toInput();
  };
  const hints = (
    <>
      {hint}
      {hint && <br />}
      {limits}
    </>
  );
  return (
    <>
      <FieldFrame id={id} label={label} hint={hints} error={error} optional={optional}>
        {(describedBy) => (
          <div className={own["pick"]}>
            {/* The browser's own words would be in its language, and say "no file" beside the files that were sent. */}
            <span id={`${id}-choose`}>{t("applications.file.choose", { count: most })}</span>
            <input
              id={id}
              name={name}
              type="file"
              multiple={most > 1}
              accept={formats.map((kind) => ACCEPT[kind]).join(",")}
              aria-labelledby={`${id}-label ${id}-choose`}
              aria-describedby={describedBy}
              aria-invalid={error ? true : undefined}
              onChange={choose}
            />
          </div>
        )}
      </FieldFrame>
      {(files.length > 0 || sending.length > 0) && (
        <ul className={own["files"]} aria-label={t("applications.file.list")}>
          {files.map((file) => (
            <FileRow key={file.attachment_id} file={file} onFile={onFile} onRemoved={() => afterRemoval(file.name)} />
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

function SendingRow({ sending, onDrop }: { sending: Sending; onDrop: () => void }): ReactNode {
  const t = useT();
  const { name, percent, fault } = sending;
  const word = t(fault ? "applications.group.remove" : "applications.file.stop");
  return (
    <li>
      <bdi>{name}</bdi>
      {fault ? (
        <div role="alert">
          <FieldMessage id={`sending-${String(sending.key)}`}>{fault}</FieldMessage>
        </div>
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
