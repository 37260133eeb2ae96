/** Spoken messages: one polite and one urgent region exist from the start, everything said goes through them. */
import { useSyncExternalStore } from "react";

type Urgency = "status" | "alert";

const texts: Record<Urgency, string> = { status: "", alert: "" };
const timers: Partial<Record<Urgency, ReturnType<typeof setTimeout>>> = {};
const listeners = new Set<() => void>();

function set(urgency: Urgency, text: string): void {
  texts[urgency] = text;
  for (const listener of listeners) listener();
}

/** Clears the region, then says the text; several calls at once say only the last. */
function say(urgency: Urgency, text: string): void {
  clearTimeout(timers[urgency]);
  set(urgency, "");
  timers[urgency] = setTimeout(() => set(urgency, text), 100);
}

/** Says it when the reader pauses: results, saved, loaded. */
export function announce(text: string): void {
  say("status", text);
}

/** Interrupts: only for what must not wait, such as a hold about to end. */
export function announceNow(text: string): void {
  say("alert", text);
}

export function useAnnouncement(urgency: Urgency): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => texts[urgency],
  );
}
