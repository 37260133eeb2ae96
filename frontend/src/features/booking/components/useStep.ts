/** The step line of a page. */
import { useT } from "../../../i18n/text";
import { STEPS, stepNumber, type Step } from "../model";

export function useStep(step: Step): { now: number; total: number; name: string } {
  const t = useT();
  return { now: stepNumber(step), total: STEPS.length, name: t(`booking.step.${step}`) };
}
