/** The draft of this tab as React state. */
import { useSyncExternalStore } from "react";
import { loadDraft, subscribeDraft, type Draft } from "./storage";

export function useDraft(): Draft {
  return useSyncExternalStore(subscribeDraft, () => loadDraft());
}
