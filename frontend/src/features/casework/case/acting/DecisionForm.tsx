/** Decide: reasons, a fee where nobody knows it yet, a look at the letter, and the step itself. */
import type { FormEvent, ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Field } from "../../../../ui/Field";
import { proposeDecision } from "./api";
import { useTextBlocks } from "./blocks";
import { DraftLetter, useDraftLetter } from "./DraftLetter";
import { decidingBody, feeIsOpen, missingOfDeciding, UNDECIDED } from "./filling";
import { useKept } from "./kept";
import { useMyPlace } from "./me";
import { Refused } from "./Refused";
import type { Outcome } from "./standing";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";
import { WordingFields } from "./WordingFields";

const CONTROLS = { text: "decide-text", translation: "decide-translation", fee: "decide-fee" };

export function DecisionForm({ outcome, ...acts }: ActsOn & { outcome: Outcome }): ReactNode {
  const { item } = acts;
  const t = useT();
  const { values, change, forget } = useKept(useMyPlace(item, "decide"), UNDECIDED);
  const blocks = useTextBlocks(item.line.service, "decision", outcome);
  const act = useAct(acts);
  const draft = useDraftLetter(item);
  const faults = useFaults(CONTROLS, draft.problem ? draft : act);
  const feeOpen = feeIsOpen(item, outcome);
  const body = decidingBody(values, outcome, new Set(blocks.map(({ id }) => id)), feeOpen);
  const whenComplete = (then: () => void) => {
    const missing = missingOfDeciding(values, outcome, feeOpen);
    faults.refuse(missing);
    if (missing.length === 0) then();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    whenComplete(() => act.run((seen) => proposeDecision(seen, body), t("staff.acting.decide.done"), forget));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Refused problem={draft.problem ?? act.problem} faults={faults} />
      <WordingFields
        id="decide"
        language={item.line.language}
        blocks={blocks}
        values={values}
        change={change}
        label={t(outcome === "granted" ? "staff.acting.text.granted" : "staff.acting.text.reason")}
        optional={outcome === "granted" || values.blocks.length > 0}
        faults={faults}
      />
      {feeOpen && (
        <Field
          id="decide-fee"
          name="decide-fee"
          inputMode="decimal"
          width="short"
          optional
          label={t("staff.acting.fee")}
          hint={t("staff.acting.fee.hint")}
          error={faults.at("fee")}
          value={values.fee}
          onChange={(event) => change({ fee: event.target.value })}
        />
      )}
      <div className="actions">
        <Button type="submit" busy={act.busy}>
          {t(`staff.acting.decide.submit.${outcome}`)}
        </Button>
        <Button look="second" busy={draft.busy} onClick={() => whenComplete(() => draft.look(body))}>
          {t(draft.shown ? "staff.acting.preview.again" : "staff.acting.preview")}
        </Button>
      </div>
      <DraftLetter draft={draft} body={body} />
    </form>
  );
}
