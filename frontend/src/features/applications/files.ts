/** Sizes and states of files. Pure. */
import type { Format } from "../../i18n/format";
import type { Attachment } from "./types";

const KILO = 1_000;

/** "420 kB", "1,2 MB". */
export function fileSize(bytes: number, format: Pick<Format, "number">): string {
  const megabytes = bytes / (KILO * KILO);
  if (megabytes >= 1) return `${format.number(Math.round(megabytes * 10) / 10)} MB`;
  return `${format.number(Math.max(1, Math.round(bytes / KILO)))} kB`;
}

/** Complete, and clean or still waiting for its check, also for a scanner that is down: as the server judges it. */
export function isUsable({ state, reason }: Pick<Attachment, "state" | "reason">): boolean {
  return state === "pending" || state === "clean" || (state === "failed" && reason === "scanner_unavailable");
}

/** It will never be taken: the person sends another one. */
export function isRefused(file: Pick<Attachment, "state" | "reason">): boolean {
  return (file.state === "infected" || file.state === "failed") && !isUsable(file);
}
