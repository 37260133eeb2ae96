/** A text of the catalogue; where it is only there in German, it is marked and framed with a note. */
import { Fragment, type ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { htmlLanguage } from "../i18n/languages";
import { polished } from "../i18n/polished";
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

export function LocalizedText({ text: given, as = "inline" }: Props): ReactNode {
  const t = useT();
  const text = { ...given, text: polished(given.text) };
  const fallback = useLanguage() !== text.lang;
  if (!fallback) {
    const words = marked(text);
    return as === "block" ? <span className={styles["lines"]}>{words}</span> : words;
  }
  if (as === "inline") return <German lang={text.lang}>{text.text}</German>;
  return (
    <span className={styles["frame"]}>
      <span className={styles["note"]}>{t("common.fallback.note")}</span>
      <span lang={htmlLanguage(text.lang)} dir="ltr" className={styles["lines"]}>
        {text.text}
      </span>
    </span>
  );
}

/** What is short ("HB-AB 123") is not torn apart at its hyphens, which in Arabic would turn its parts round. */
const SHORT = 16;

function German({ lang = "de", children }: { lang?: string; children: ReactNode }): ReactNode {
  const short = typeof children === "string" && children.length <= SHORT;
  return (
    <span lang={htmlLanguage(lang)} dir="ltr" className={short ? "nowrap" : undefined}>
      {children}
    </span>
  );
}

/**
 * German words inside another language: any Latin run in Arabic and Ukrainian with the numbers that belong to it
 * (HB-AB 123), a capitalised term in brackets else. A full stop after the run belongs to the sentence.
 */
const LATIN =
  /(\p{Script=Latin}(?:[\p{Script=Latin}\p{M}\p{N}\u2060.&/-]*[\p{Script=Latin}\p{M}\p{N}])?(?:[.,]? (?:& )?[\p{Script=Latin}\p{N}](?:[\p{Script=Latin}\p{M}\p{N}\u2060.&/-]*[\p{Script=Latin}\p{M}\p{N}])?)*)/u;
const BRACKETS = /(\([A-ZÄÖÜ][^()]*\))/;
const TERMS: Partial<Record<string, RegExp>> = { ar: LATIN, uk: LATIN, en: BRACKETS, tr: BRACKETS };

/**
 * Marks German terms for screen readers and lets split compounds of Leichte Sprache break at their dots.
 * All in one span: inside a flexible link the pieces must stay one text.
 */
function marked({ text, lang }: Localized): ReactNode {
  if (lang === "de-simple" && text.includes("·")) return <span>{withBreaks(text)}</span>;
  const terms = TERMS[lang];
  if (!terms || !terms.test(text)) return text;
  return <span>{text.split(terms).map((part, at) => (at % 2 ? <Term key={at} part={part} /> : part))}</span>;
}

/** The brackets around a term belong to the sentence. */
function Term({ part }: { part: string }): ReactNode {
  if (!part.startsWith("(")) return <German>{part}</German>;
  return (
    <>
      (<German>{part.slice(1, -1)}</German>)
    </>
  );
}

function withBreaks(text: string): ReactNode {
  return text.split("·").map((part, at) => (
    <Fragment key={at}>
      {at > 0 && (
        <>
          ·<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
