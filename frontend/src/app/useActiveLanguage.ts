/** The language follows the address; the old words stay on the screen until the new ones are there, however late. */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { lineLost } from "../api/network";
import { activateLanguage } from "../i18n/catalogues";
import { DEFAULT_LANGUAGE, LANGUAGE_FACTS, languageOfPath, type Language } from "../i18n/languages";

function markDocument(language: Language): void {
  const { documentElement } = document;
  documentElement.lang = language;
  documentElement.dir = LANGUAGE_FACTS[language].direction;
  if (language === "de-simple") documentElement.dataset["variant"] = "simple";
  else delete documentElement.dataset["variant"];
}

/**
 * `active` is the language whose words are loaded, `base` the first word of the address.
 * Must be used above the router of that base.
 */
export function useActiveLanguage(first: Language): { active: Language; base: string } {
  const [path] = useLocation();
  const ofPath = languageOfPath(path);
  const [active, setActive] = useState(first);
  const wanted = ofPath ?? DEFAULT_LANGUAGE;
  useEffect(() => {
    let current = true;
    const speak = () =>
      void activateLanguage(wanted).then(() => {
        if (!current) return;
        markDocument(wanted);
        setActive(wanted);
      }, lineLost);
    speak();
    window.addEventListener("online", speak);
    return () => {
      current = false;
      window.removeEventListener("online", speak);
    };
  }, [wanted]);
  return { active, base: ofPath ? `/${ofPath}` : "" };
}
