/** Single letters as shortcuts, only for whom they are switched on, and never while something is typed. */
import { useEffect, useRef } from "react";
import { useProfile } from "../queries";
import { actOf, type Acts } from "./keys";

const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

/** True for a key that a shortcut may take: alone, and not meant for a control or a dialog. */
export function isFree(
  event: Pick<KeyboardEvent, "ctrlKey" | "altKey" | "metaKey" | "target" | "defaultPrevented">,
): boolean {
  const { ctrlKey, altKey, metaKey, target, defaultPrevented } = event;
  if (ctrlKey || altKey || metaKey || defaultPrevented) return false;
  return !(target instanceof Element && target.closest(`${TYPING}, dialog`));
}

/** `keys`: the table of the page; `acts`: what each of its keys does now. */
export function useShortcuts<Table extends Readonly<Record<string, string>>>(keys: Table, acts: Acts<Table>): void {
  const { data: profile } = useProfile();
  const on = profile?.shortcuts ?? false;
  const current = useRef(acts);
  useEffect(() => {
    current.current = acts;
  });
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      const act = actOf(keys, current.current, event.key);
      if (!act || !isFree(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [keys, on]);
}
