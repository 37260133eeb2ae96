/** Time left in words, in steps that can be read aloud: minutes, in the last minute every 15 seconds. */
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { countdownStep } from "../model";

export function useTimeLeft(milliseconds: number): string {
  const { locale } = LANGUAGE_FACTS[useLanguage()];
  const { unit, value } = countdownStep(milliseconds);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
