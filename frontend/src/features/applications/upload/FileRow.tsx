/** One file that the server has: its name, whether it was checked, and how to take it away. */
import { useEffect, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import type { MessageId } from "../../../i18n/text";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import { fileAddress, getAttachment, removeAttachment } from "../api";
import { FieldMessage } from "../../../ui/Field";
import { fileSize, isRefused } from "../files";
import type { Attachment } from "../types";

const LOOK_EVERY = 1_500;

/** Why a file was refused, by the reason that the server names. */
const REASONS = {
  wrong_type: "applications.file.reason.wrong_type",
  encrypted: "applications.file.reason.encrypted",
  damaged: "applications.file.reason.damaged",
  too_many_pages: "applications.file.reason.too_big",
  too_many_pixels: "applications.file.reason.too_big",
  too_complex: "applications.file.reason.too_big",
  active_content: "applications.file.reason.damaged",
  scanner_unavailable: "applications.file.reason.scanner",
  virus: "applications.file.reason.virus",
} as const satisfies Record<string, MessageId>;

const isReason = (reason: string): reason is keyof typeof REASONS => Object.hasOwn(REASONS, reason);

function useFileState(): (file: Attachment) => string {
  const t = useT();
  return ({ state, reason }) => {
    if (state === "clean") return t("applications.file.clean");
    if (state === "receiving" || state === "pending") return t("applications.file.pending");
    const known = reason !== null && isReason(reason) ? REASONS[reason] : null;
    return t(known ?? (state === "infected" ? REASONS.virus : REASONS.damaged));
  };
}

interface Props {
  file: Attachment;
  onFile: (attachment_id: string, file: Attachment | null) => void;
  onRemoved: () => void;
}

export function FileRow({ file, onFile, onRemoved }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const stateText = useFileState();
  const { busy, problem, run } = useAction();
  const { attachment_id, name, size, state } = file;
  useEffect(() => {
    if (state !== "pending") return undefined;
    const timer = setInterval(() => {
      void getAttachment(attachment_id)
        .then((now) => {
          if (now.state === state) return;
          onFile(attachment_id, now);
          announce(`${now.name}: ${stateText(now)}`);
        })
        .catch(() => undefined);
    }, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [attachment_id, state, onFile, stateText]);
  const remove = () =>
    void run(async () => {
      await removeAttachment(attachment_id);
      onFile(attachment_id, null);
      onRemoved();
    });
  return (
    <li>
      {state === "clean" ? (
        <a href={fileAddress(attachment_id)}>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}{" "}
      <bdi className="muted nowrap">{fileSize(size, format)}</bdi>
      {isRefused(file) ? (
        <FieldMessage id={`file-${attachment_id}`}>{stateText(file)}</FieldMessage>
      ) : (
        <p className="muted">{stateText(file)}</p>
      )}
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <TextButton
        onClick={remove}
        aria-disabled={busy || undefined}
        aria-label={`${t("applications.group.remove")}: ${name}`}
      >
        {t("applications.group.remove")}
      </TextButton>
    </li>
  );
}
