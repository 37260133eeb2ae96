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
    const stop = new AbortController();
    const { signal } = stop;
    let timer: ReturnType<typeof setTimeout>;
    let pause = 1_000;
    const speak = (event?: Event) =>
      void activateLanguage(wanted).then(
        () => {
          if (signal.aborted) return;
          end();
          markDocument(wanted);
          setActive(wanted);
        },
        () => {
          if (signal.aborted) return;
          lineLost();
          clearTimeout(timer);
          timer = setTimeout(speak, (pause *= 2), event);
          // Browsers may keep a failed import while the page lives; only a new load helps then, and nothing typed is lost.
          if (event) fetch("").then(({ ok }) => ok && window.location.reload(), lineLost);
        },
      );
    const end = () => {
      stop.abort();
      clearTimeout(timer);
    };
    speak();
    // The router tells of every step, also of a press on the link of the language that is still missing.
    for (const name of ["online", "pushState"]) window.addEventListener(name, speak, { signal });
    return end;
  }, [wanted]);
  return { active, base: ofPath ? `/${ofPath}` : "" };
}
