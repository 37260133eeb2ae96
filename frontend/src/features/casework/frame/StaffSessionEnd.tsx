/** The question before a session of staff ends; afterwards the way back to the same page. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useT } from "../../../i18n/text";
import { SessionEnd } from "../../../ui/SessionEnd";
import { extendSession } from "../api";
import { useStaffSession, useStaffSessionUpdate } from "../queries";
import type { StaffSession } from "../types";
import { addressAt, rememberPath } from "./model";
import { useStaffSignOut } from "./useStaffSignOut";

export function StaffSessionEnd({ session, skew }: { session: StaffSession; skew: number }): ReactNode {
  const t = useT();
  const [path, navigate] = useLocation();
  const query = useSearch();
  const client = useQueryClient();
  const { refetch } = useStaffSession();
  const update = useStaffSessionUpdate();
  const extend = async () => {
    const longer = await extendSession();
    update(longer);
    return longer;
  };
  const over = () => {
    rememberPath(addressAt(path, query));
    client.clear();
    navigate("/anmelden?grund=over", { replace: true });
  };
  const signOut = useStaffSignOut();
  const last = t("staff.session.last");
  const asked = { session, skew, ask: refetch, extend, signOut, last };
  return <SessionEnd {...asked} onOver={over} />;
}
