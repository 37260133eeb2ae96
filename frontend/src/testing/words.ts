/** The real words of a language for a test, and the language around a component. */
import { createElement, type ReactNode } from "react";
import { activateLanguage, addMessages } from "../i18n/catalogues";
import { LanguageContext } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { speakGerman } from "../i18n/staff";
import type { Translate } from "../i18n/text";
import { i18n } from "../i18n/words";
import type { MessagePart } from "../lib/routing";

/** Loads "common" and the named parts and makes the language the active one. */
export async function speak(language: Language, ...parts: MessagePart[]): Promise<Translate> {
  for (const part of parts) await addMessages(part, language);
  await activateLanguage(language);
  return ((id: string, values?: Record<string, string | number>) => i18n._(id, values)) as Translate;
}

/** The words of the staff's pages. */
export function speakStaff(): Translate {
  speakGerman();
  return ((id: string, values?: Record<string, string | number>) => i18n._(id, values)) as Translate;
}

/** Wraps a component as the application does. */
export function inLanguage(language: Language, children: ReactNode): ReactNode {
  return createElement(LanguageContext, { value: language }, children);
}
