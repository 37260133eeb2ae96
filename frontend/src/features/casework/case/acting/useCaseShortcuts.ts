/** Single keys on a case, for whom they are switched on: next, take, ask, decide, note. They move focus; only "next" and "take" act. */
import { useT } from "../../../../i18n/text";
import { CASE_KEYS } from "../../frame/keys";
import { useShortcuts } from "../../frame/useShortcuts";
import { assign } from "./api";
import { useMe } from "./me";
import { useNextCase } from "./NextCase";
import { PANEL, useAct, type ActsOn } from "./useAct";

/** Ids of the controls that the keys lead to. */
export const NOTE_FOLD = "note-fold";
const NOTE = "note-text";

/** Opens the fold if it is closed; its text takes focus once it is there. */
function toNote(): void {
  const fold = document.getElementById(NOTE_FOLD);
  if (!(fold instanceof HTMLDetailsElement)) return;
  const focus = () => requestAnimationFrame(() => document.getElementById(NOTE)?.focus());
  if (fold.open) focus();
  else fold.addEventListener("toggle", focus, { once: true });
  fold.open = true;
}

function toControl(id: string): HTMLElement {
  const control = document.getElementById(id) ?? document.getElementById(PANEL);
  if (!control) throw new Error("the panel is not on the page");
  control.focus();
  return control;
}

export function useCaseShortcuts(acts: ActsOn): void {
  const t = useT();
  const me = useMe();
  const { run: next } = useNextCase();
  const { run } = useAct(acts);
  const { can, line } = acts.item;
  const mine = line.assigned_to === me.account;
  useShortcuts(CASE_KEYS, {
    next,
    take: () => {
      if (can.assign && !mine) run((seen) => assign(seen, me.account, line.team), t("staff.acting.assign.taken"));
    },
    request: () => {
      if (can.request) toControl("step-request").click();
    },
    decide: () => {
      toControl(can.approve ? "approve" : "step-granted");
    },
    note: toNote,
  });
}
