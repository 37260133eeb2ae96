/** Signing out: the session here ends first, then the one at the account provider. */
import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { signOut } from "../../../api/session";
import { useAction } from "../../../api/useAction";
import { useLanguage } from "../../../i18n/language";
import { clearTyped } from "../../../lib/typed";

export function useSignOut(): { busy: boolean; start: () => void } {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const language = useLanguage();
  const { busy, run } = useAction();
  const start = () =>
    void run(async () => {
      const location = await signOut(language);
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
