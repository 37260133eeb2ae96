/** Time left in words, in steps that can be read aloud: minutes, in the last minute every 15 seconds. */
import { useLanguage } from "./language";
import { LANGUAGE_FACTS } from "./languages";
import { countdownStep } from "../lib/countdown";

export function useTimeLeft(milliseconds: number): string {
  const { locale } = LANGUAGE_FACTS[useLanguage()];
  const { unit, value } = countdownStep(milliseconds);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
