/** The language of the page as React sees it. */
import { createContext, useContext } from "react";
import { DEFAULT_LANGUAGE, type Language } from "./languages";

/** The active language: the one whose words are on the screen. */
export const LanguageContext = createContext<Language>(DEFAULT_LANGUAGE);

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
