/** A text of the catalogue; where it is only there in German, it is marked and framed with a note. */
import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { htmlLanguage } from "../i18n/languages";
import { useT } from "../i18n/text";
import styles from "./LocalizedText.module.css";

export interface Localized {
  text: string;
  lang: string;
}

interface Props {
  text: Localized;
  /** "inline" marks the language only: for names inside links, lists and headings. "block" adds the note. */
  as?: "inline" | "block";
}

/** True when the text is not in the language of the page. */
export function useIsFallback(text: Localized): boolean {
  return useLanguage() !== text.lang;
}

export function LocalizedText({ text, as = "inline" }: Props): ReactNode {
  const t = useT();
  const fallback = useIsFallback(text);
  if (!fallback) return as === "block" ? <span className={styles["lines"]}>{text.text}</span> : text.text;
  if (as === "inline") {
    return (
      <span lang={htmlLanguage(text.lang)} dir="ltr">
        {text.text}
      </span>
    );
  }
  return (
    <span className={styles["frame"]}>
      <span className={styles["note"]}>{t("common.fallback.note")}</span>
      <span lang={htmlLanguage(text.lang)} dir="ltr" className={styles["lines"]}>
        {text.text}
      </span>
    </span>
  );
}
