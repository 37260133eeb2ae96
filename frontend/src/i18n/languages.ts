/** The six languages of the portal; German is the source and the fallback. */

export const LANGUAGES = ["de", "de-simple", "en", "tr", "ar", "uk"] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFAULT_LANGUAGE: Language = "de";

interface LanguageFacts {
  /** The language's own name, never translated. */
  name: string;
  /** Tag for `Intl`; Arabic with Latin digits, because codes are read with them. */
  locale: string;
  direction: "ltr" | "rtl";
}

export const LANGUAGE_FACTS: Record<Language, LanguageFacts> = {
  de: { name: "Deutsch", locale: "de-DE", direction: "ltr" },
  "de-simple": { name: "Leichte Sprache", locale: "de-DE", direction: "ltr" },
  en: { name: "English", locale: "en-GB", direction: "ltr" },
  tr: { name: "Türkçe", locale: "tr-TR", direction: "ltr" },
  ar: { name: "العربية", locale: "ar-u-nu-latn", direction: "rtl" },
  uk: { name: "Українська", locale: "uk-UA", direction: "ltr" },
};

export function isLanguage(value: string): value is Language {
  return (LANGUAGES as readonly string[]).includes(value);
}

/** The language of an address such as `/tr/leistungen`; `undefined` when the first word is none of ours. */
export function languageOfPath(path: string): Language | undefined {
  const first = path.split("/")[1] ?? "";
  return isLanguage(first) ? first : undefined;
}

/** The language in which a text is written for the browser: Leichte Sprache is German. */
export function htmlLanguage(language: string): string {
  return language === "de-simple" ? "de" : language;
}
