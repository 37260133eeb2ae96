/** Around every personal page: who is signed in, the way out, and the question before the session ends. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { extendSession, rememberWanted, useSession, useSessionUpdate } from "../../../api/session";
import type { Session } from "../../../api/types";
import { T, useT } from "../../../i18n/text";
import { TextButton } from "../../../ui/Button";
import { SessionEnd } from "../../../ui/SessionEnd";
import { wantedAt } from "../model";
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
          <End session={session} skew={Math.abs(skew) > 10_000 ? skew : 0} />
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
        {t(session.kind === "guest" ? "account.guest.leave" : "account.sign_out")}
      </TextButton>
    </div>
  );
}

function End({ session, skew }: { session: Session; skew: number }): ReactNode {
  const [path, navigate] = useLocation();
  const client = useQueryClient();
  const { refetch } = useSession();
  const update = useSessionUpdate();
  const extend = async () => {
    const longer = await extendSession();
    await update(longer);
    return longer;
  };
  const over = () => {
    rememberWanted(wantedAt(path, session.level));
    client.clear();
    navigate("/anmelden?grund=over", { replace: true });
  };
  return (
    <SessionEnd session={session} skew={skew} ask={refetch} extend={extend} signOut={useSignOut()} onOver={over} />
  );
}
