/** Around every personal page: who is signed in, the way out, and the question before the session ends. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { rememberWanted, useSession } from "../../../api/session";
import type { Session } from "../../../api/types";
import { T, useT } from "../../../i18n/text";
import { timeLeft } from "../../../lib/countdown";
import { useNow } from "../../../lib/useNow";
import { TextButton } from "../../../ui/Button";
import { endingOf, wantedAt } from "../model";
import { SessionDialog } from "./SessionDialog";
import styles from "./SessionFrame.module.css";
import { useSignOut } from "./SessionSignOut";

export function SessionFrame({ children }: { children: ReactNode }): ReactNode {
  const { data: session, dataUpdatedAt } = useSession();
  // A clock that is wrong by minutes must not end a session early or never.
  const skew = session ? Date.parse(session.now) - dataUpdatedAt : 0;
  return (
    <>
      {session && session.kind !== null && (
        <>
          <WhoIsThere session={session} />
          <SessionEnd session={session} skew={Math.abs(skew) > 10_000 ? skew : 0} />
        </>
      )}
      {children}
    </>
  );
}

function WhoIsThere({ session }: { session: Session }): ReactNode {
  const t = useT();
  const { busy, start } = useSignOut();
  return (
    <div className={`wrap noprint ${styles["who"]}`}>
      <p>
        {session.name ? (
          <T id="account.who" values={{ name: <bdi>{session.name}</bdi> }} />
        ) : (
          t(session.kind === "guest" ? "account.guest" : "account.sign_in.already")
        )}
      </p>
      <TextButton onClick={start} aria-disabled={busy || undefined}>
        {t("account.sign_out")}
      </TextButton>
    </div>
  );
}

/** Asks before the end; other tabs may have moved it, so the server is asked first. */
function SessionEnd({ session, skew }: { session: Session; skew: number }): ReactNode {
  const now = useNow();
  const [path, navigate] = useLocation();
  const client = useQueryClient();
  const { refetch } = useSession();
  const [dismissed, setDismissed] = useState("");
  const asked = useRef("");
  const [confirmed, setConfirmed] = useState("");
  const ending = endingOf(session);
  const left = ending ? timeLeft(ending.at, now, skew) : Infinity;
  const at = ending?.at ?? "";
  const near = ending !== null && left <= ending.warn;
  const over = near && left === 0;
  useEffect(() => {
    if (!near || asked.current === at) return;
    asked.current = at;
    void refetch().then(({ data }) => {
      if (data?.expires_at === at) setConfirmed(at);
    });
  }, [near, at, refetch]);
  useEffect(() => {
    if (!over) return;
    void refetch().then(({ data }) => {
      if (data && data.kind !== null && data.expires_at !== at) return;
      rememberWanted(wantedAt(path, session.level));
      client.clear();
      navigate("/anmelden?grund=over", { replace: true });
    });
  }, [over, at, path, session.level, client, navigate, refetch]);
  if (!ending || !near || over || confirmed !== at || dismissed === at) return null;
  return <SessionDialog ending={ending} left={left} onClose={() => setDismissed(at)} />;
}
