/** The files of one slot that are on their way: how far each is, and in words why one could not go. */
import { useEffect, useRef, useState } from "react";
import { problemText } from "../../../api/problemText";
import { toProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { getAttachment, startUpload, type FileHome } from "../api";
import { FILE_ERRORS } from "../problems";
import type { Attachment } from "../types";

export interface Sending {
  key: number;
  name: string;
  percent: number;
  /** Empty while all is well. */
  fault: string;
}

interface Sent {
  sending: readonly Sending[];
  send: (file: File) => Promise<void>;
  /** Stops one that is on its way, or clears one that failed. */
  drop: (key: number) => void;
}

let keys = 0;

export function useSending(
  home: FileHome,
  slot: string,
  onFile: (attachment_id: string, file: Attachment) => void,
): Sent {
  const t = useT();
  const format = useFormat();
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const running = stops.current;
    return () => running.forEach((stop) => stop.abort());
  }, []);
  const put = (key: number, change: Partial<Sending>) =>
    setSending((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const drop = (key: number) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    setSending((all) => all.filter((each) => each.key !== key));
  };
  const send = async (file: File) => {
    keys += 1;
    const key = keys;
    const stop = new AbortController();
    stops.current.set(key, stop);
    setSending((all) => [...all, { key, name: file.name, percent: 0, fault: "" }]);
    try {
      const [{ sendPieces }, started] = await Promise.all([import("./send"), startUpload(home, slot, file)]);
      await sendPieces(file, started, (percent) => put(key, { percent }), stop.signal);
      const there = await getAttachment(started.attachment_id);
      drop(key);
      onFile(there.attachment_id, there);
      announce(t("applications.file.there", { name: file.name }));
    } catch (error) {
      if (stop.signal.aborted) return;
      put(key, { fault: problemText(toProblem(error), t, format, FILE_ERRORS) });
    }
  };
  return { sending, send, drop };
}
