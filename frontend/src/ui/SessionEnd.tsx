/** Asks before a session ends; other tabs may have moved the end, so the server is asked first. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { endingOf } from "../api/session";
import type { Session } from "../api/types";
import { timeLeft } from "../lib/countdown";
import { useNow } from "../lib/useNow";
import { SessionDialog } from "./SessionDialog";

interface Props {
  session: Session;
  /** Milliseconds by which the server's clock is ahead of this one. */
  skew: number;
  /** Reads the session again. */
  ask: () => Promise<{ data: Session | undefined }>;
  extend: () => Promise<Session>;
  signOut: { busy: boolean; start: () => void };
  last?: string;
  onOver: () => void;
}

export function SessionEnd({ session, skew, ask, extend, signOut, last, onOver }: Props): ReactNode {
  const now = useNow();
  const [dismissed, setDismissed] = useState("");
  const asked = useRef("");
  const [confirmed, setConfirmed] = useState("");
  const ending = endingOf(session);
  const left = ending ? timeLeft(ending.at, now, skew) : Infinity;
  const at = ending?.at ?? "";
  const near = ending !== null && left <= ending.warn;
  const over = near && left === 0;
  const leave = useRef(onOver);
  useEffect(() => {
    leave.current = onOver;
  });
  useEffect(() => {
    if (!near || asked.current === at) return;
    asked.current = at;
    void ask().then(({ data }) => {
      if (data?.expires_at === at) setConfirmed(at);
    });
  }, [near, at, ask]);
  useEffect(() => {
    if (!over) return;
    void ask().then(({ data }) => {
      if (!data || data.kind === null || data.expires_at === at) leave.current();
    });
  }, [over, at, ask]);
  if (!ending || !near || over || confirmed !== at || dismissed === at) return null;
  const close = () => setDismissed(at);
  return <SessionDialog ending={ending} left={left} extend={extend} signOut={signOut} last={last} onClose={close} />;
}
