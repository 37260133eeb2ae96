/** Words of acting that are not in the catalogues: names of languages in German. */
import { isLanguage, LANGUAGE_FACTS } from "../../../../i18n/languages";

const NAMES = new Intl.DisplayNames("de-DE", { type: "language" });

/** "Türkisch" for "tr"; Leichte Sprache, which is no language of its own to the browser, by its name here. */
export function languageName(language: string): string {
  if (language === "de-simple") return LANGUAGE_FACTS["de-simple"].name;
  return isLanguage(language) ? (NAMES.of(language) ?? language) : language;
}
