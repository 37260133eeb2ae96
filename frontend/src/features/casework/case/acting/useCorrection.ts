/** A correction being made: which answer, its new value, why; judged here as far as the field allows, else by the server. */
import { useState, type FormEvent } from "react";
import { toProblem, type FieldError } from "../../../../api/problem";
import { useT } from "../../../../i18n/text";
import type { Answers, Form, Json, Node } from "../../../applications/engine/form";
import { at, controlOf, misfits, put, read, type Path } from "../../../applications/model";
import { correct, type Seen } from "./api";
import { answersOf, nodeAt, pathOf, placedAt } from "./correcting";
import type { Missing } from "./filling";
import { useKept, type Kept } from "./kept";
import { useMyPlace } from "./me";
import { useAct, type Act, type ActsOn } from "./useAct";
import { useFaults, type Faults } from "./useFaults";

interface Correction {
  pointer: string;
  /** The typed value under the only key that counts, since a value may have any shape. */
  typed: { value?: Json };
  reason: string;
}

const NOTHING: Correction = { pointer: "", typed: {}, reason: "" };

export interface Correcting {
  act: Act;
  /** All answers with the correction laid over them. */
  answers: Answers;
  choose: (pointer: string) => void;
  faults: Faults;
  kept: Kept<Correction>;
  node: Node | null;
  path: Path;
  submit: (event: FormEvent) => void;
  wrong: readonly FieldError[];
}

function missingOf(node: Node | null, misfit: readonly FieldError[], reason: string): Missing[] {
  return [
    ...(node ? [] : [{ field: "choice", code: "choice" } as const]),
    ...(misfit.length > 0 ? [{ field: "value", code: "value" } as const] : []),
    ...(reason ? [] : [{ field: "text", code: "why" } as const]),
  ];
}

export function useCorrection(acts: ActsOn, form: Form): Correcting {
  const { item } = acts;
  const t = useT();
  const kept = useKept(useMyPlace(item, "correct"), NOTHING);
  const { pointer, typed } = kept.values;
  const act = useAct(acts);
  const [wrong, setWrong] = useState<readonly FieldError[]>([]);
  const faults = useFaults({ choice: "correct-field", value: controlOf(pointer), text: "correct-reason" }, act);
  const path = pathOf(pointer);
  const node = pointer ? nodeAt(form, path) : null;
  const before = answersOf(item);
  const answers = typed.value === undefined ? before : (put(before, path, typed.value) as Answers);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = node ? read(node, at(answers, path)) : null;
    const misfit = node ? misfits(node, value, pointer) : [];
    const reason = kept.values.reason.trim();
    const missing = missingOf(node, misfit, reason);
    setWrong(misfit);
    faults.refuse(missing);
    if (missing.length > 0) return;
    const send = (seen: Seen) =>
      correct(seen, pointer, value, reason).catch((error: unknown) => {
        setWrong(placedAt(pointer, toProblem(error).errors));
        throw error;
      });
    act.run(send, t("staff.acting.correct.done"), kept.forget);
  };
  const choose = (chosen: string) => {
    setWrong([]);
    kept.change({ pointer: chosen, typed: {} });
  };
  return { act, answers, choose, faults, kept, node, path, submit, wrong };
}
