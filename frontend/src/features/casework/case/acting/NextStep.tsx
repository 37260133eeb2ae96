/** "Wie geht es weiter?": one choice, and below it the form that belongs to it. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import { DecisionForm } from "./DecisionForm";
import { useKept } from "./kept";
import { useMyPlace } from "./me";
import { RequestForm } from "./RequestForm";
import { secondPerson, stepsOf, type Step } from "./standing";
import type { ActsOn } from "./useAct";

export function NextStep(acts: ActsOn): ReactNode {
  const { item } = acts;
  const t = useT();
  const steps = stepsOf(item);
  const { values, change } = useKept(useMyPlace(item, "step"), { step: "" });
  const step = steps.find((each) => each === values.step);
  if (steps.length === 0) return <p>{t("staff.acting.nothing")}</p>;
  return (
    <>
      {!item.can.propose && item.line.waiting_for && (
        <p className="muted">{t(`staff.acting.waits.${item.line.waiting_for}`)}</p>
      )}
      {item.can.lapse && <p>{t("staff.acting.lapse")}</p>}
      <ChoiceGroup legend={<span className="vh">{t("staff.acting.step")}</span>}>
        {steps.map((each) => (
          <Choice
            key={each}
            type="radio"
            id={`step-${each}`}
            name="step"
            value={each}
            checked={step === each}
            onChange={() => change({ step: each })}
            more={each !== "request" && <Second step={each} acts={acts} />}
          >
            {t(`staff.acting.step.${each}`)}
          </Choice>
        ))}
      </ChoiceGroup>
      {step === "request" && <RequestForm {...acts} />}
      {step && step !== "request" && <DecisionForm {...acts} outcome={step} />}
    </>
  );
}

/** Says beside an outcome whether a second person has to agree. */
function Second({ step, acts }: { step: Exclude<Step, "request">; acts: ActsOn }): ReactNode {
  const t = useT();
  const second = secondPerson(acts.item.four_eyes, step, acts.item.fee_cents);
  return second === "no" ? null : t(`staff.acting.second.${second}`);
}
