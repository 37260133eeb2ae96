/** The frame of every page for staff: skip link, head, main, help, spoken regions; without a session the way to sign in. */
import { useEffect, type ReactNode } from "react";
import { useLocation } from "wouter";
import { NetworkNote } from "../../../ui/NetworkNote";
import { Ready } from "../../../ui/Ready";
import { SkipLink } from "../../../ui/SkipLink";
import { StatusRegion } from "../../../ui/StatusRegion";
import { useStaffSession } from "../queries";
import { takePath } from "./model";
import { StaffHead } from "./StaffHead";
import { StaffHelp } from "./StaffHelp";
import { StaffSessionEnd } from "./StaffSessionEnd";
import { StaffSignIn } from "./StaffSignIn";

export function StaffFrame({ children }: { children: ReactNode }): ReactNode {
  const reading = useStaffSession();
  const { data: session, dataUpdatedAt } = reading;
  const [path, navigate] = useLocation();
  // A clock that is wrong by minutes must not end a session early or never.
  const skew = session ? Date.parse(session.now) - dataUpdatedAt : 0;
  const inside = session?.signed_in ?? false;
  useEffect(() => {
    if (!inside || path === "/anmelden") return;
    const wanted = takePath();
    if (wanted && path === "/") navigate(wanted, { replace: true });
  }, [inside, path, navigate]);
  return (
    <>
      <SkipLink />
      <StatusRegion />
      <StaffHead session={session} />
      {session && inside && <StaffSessionEnd session={session} skew={Math.abs(skew) > 10_000 ? skew : 0} />}
      <main id="inhalt" tabIndex={-1}>
        <NetworkNote />
        <Ready reading={reading}>{() => (inside || path === "/anmelden" ? children : <StaffSignIn />)}</Ready>
      </main>
      <StaffHelp inside={inside} />
    </>
  );
}
