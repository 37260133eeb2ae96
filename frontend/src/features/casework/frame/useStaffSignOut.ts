/** Signing out: the session here ends first, then the one at the issuer; what was typed goes with it. */
import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useAction } from "../../../api/useAction";
import { clearTyped } from "../../../lib/typed";
import { signOut } from "../api";

export function useStaffSignOut(): { busy: boolean; start: () => void } {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { busy, run } = useAction();
  const start = () =>
    void run(async () => {
      const location = await signOut();
      clearTyped();
      if (location) {
        window.location.assign(location);
        return;
      }
      client.clear();
      navigate("/anmelden?grund=signed_out");
    });
  return { busy, start };
}
