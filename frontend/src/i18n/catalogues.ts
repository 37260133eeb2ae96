/** Loads the words of one language, one part at a time; only what the open pages need. */
import type { MessagePart } from "../lib/routing";
import type { Language } from "./languages";
import { i18n } from "./words";

/** How far the texts of a language were read by people; see the header of each catalogue. */
export type ReviewStatus = "machine" | "draft" | "reviewed" | "tested";

interface Catalogue {
  messages: Record<string, string>;
  review: ReviewStatus;
}

const files: Record<MessagePart, Record<string, () => Promise<unknown>>> = {
  common: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=common" }),
  catalogue: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=catalogue" }),
  portal: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=portal" }),
  booking: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=booking" }),
  account: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=account" }),
  applications: import.meta.glob("../../../locales/*/LC_MESSAGES/frontend.po", { query: "?part=applications" }),
};

const wanted = new Set<MessagePart>(["common"]);
const loaded = new Set<string>();
const reviews = new Map<Language, ReviewStatus>();

async function load(language: Language, part: MessagePart): Promise<void> {
  const key = `${language}/${part}`;
  if (loaded.has(key)) return;
  const file = files[part][`../../../locales/${language}/LC_MESSAGES/frontend.po`];
  if (!file) throw new Error(`no catalogue ${key}`);
  const { messages, review } = (await file()) as Catalogue;
  i18n.load(language, messages);
  reviews.set(language, review);
  loaded.add(key);
}

/** Makes `language` the active one once every part that was ever wanted is there. */
export async function activateLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((part) => load(language, part)));
  i18n.activate(language);
}

/** Adds a part for the language of the open page (and for every later one). */
export async function addMessages(part: MessagePart, language: Language): Promise<void> {
  wanted.add(part);
  const active = i18n.locale as Language;
  await Promise.all([load(language, part), ...(active ? [load(active, part)] : [])]);
}

export function reviewStatus(language: Language): ReviewStatus {
  return reviews.get(language) ?? "machine";
}
