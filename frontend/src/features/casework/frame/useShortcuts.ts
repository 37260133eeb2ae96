/** Single letters as shortcuts, only for whom they are switched on, and never while something is typed. */
import { useEffect, useRef } from "react";
import { useProfile } from "../queries";

const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

/** True for a key that a shortcut may take: alone, and not meant for a control or a dialog. */
export function isFree(
  event: Pick<KeyboardEvent, "ctrlKey" | "altKey" | "metaKey" | "target" | "defaultPrevented">,
): boolean {
  const { ctrlKey, altKey, metaKey, target, defaultPrevented } = event;
  if (ctrlKey || altKey || metaKey || defaultPrevented) return false;
  return !(target instanceof Element && target.closest(`${TYPING}, dialog`));
}

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** `shortcuts` by key as the keyboard names it: "n", "?"; large and small letters are the same. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { data: profile } = useProfile();
  const on = profile?.shortcuts ?? false;
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      const act = current.current[event.key.toLowerCase()];
      if (!act || !isFree(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on]);
}
