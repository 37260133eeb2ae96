/** Sizes of files in the words of the language. Pure. */
import type { Format } from "../../i18n/format";

const KILO = 1_000;

/** "420 kB", "1,2 MB". */
export function fileSize(bytes: number, format: Pick<Format, "number">): string {
  const megabytes = bytes / (KILO * KILO);
  if (megabytes >= 1) return `${format.number(Math.round(megabytes * 10) / 10)} MB`;
  return `${format.number(Math.max(1, Math.round(bytes / KILO)))} kB`;
}
