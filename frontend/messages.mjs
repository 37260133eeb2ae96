// @ts-check
/**
 * Catalogues of the portal: gettext PO with explicit ids and ICU messages become small modules per language and part.
 * A part is the first word of an id ("booking.time.title" lies in part "booking"), so a page loads only its own words.
 * The staff's pages have a catalogue of their own, `staff.po`, in German only.
 * Run directly (`node frontend/messages.mjs`) it writes the ids and their placeholders as TypeScript types.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createCompiledCatalog } from "@lingui/cli/api";
import { formatter } from "@lingui/format-po";
import { compileMessage } from "@lingui/message-utils/compileMessage";

/** German is the source; every other language falls back to it at build time. */
export const SOURCE = "de";
export const LANGUAGES = ["de", "de-simple", "en", "tr", "ar", "uk"];

const format = formatter({ explicitIdAsDefault: true });

/** Catalogues of the browser: the portal's in every language, the staff's in the source language only. */
const STAFF = "staff";

/**
 * @param {string} language
 * @param {string} domain
 */
function cataloguePath(language, domain) {
  return fileURLToPath(new URL(`../locales/${language}/LC_MESSAGES/${domain}.po`, import.meta.url));
}

/**
 * All messages of one language as id → ICU text; empty translations are left out.
 * @param {string} language
 * @param {string} [domain]
 * @returns {{ messages: Record<string, string>, review: string }}
 */
export function readCatalogue(language, domain = "frontend") {
  const filename = cataloguePath(language, domain);
  const content = readFileSync(filename, "utf-8");
  const entries = format.parse(content, { locale: language, sourceLocale: SOURCE, filename });
  /** @type {Record<string, string>} */
  const messages = {};
  for (const [id, entry] of Object.entries(/** @type {Record<string, { translation?: string }>} */ (entries))) {
    if (entry.translation) messages[id] = entry.translation;
  }
  return { messages, review: /X-Review-Status: (\w+)/.exec(content)?.[1] ?? "machine" };
}

/**
 * One part of one catalogue as an ES module; a missing text is the German one.
 * @param {string} language
 * @param {string} part
 */
export function compilePart(language, part) {
  const domain = part === STAFF ? STAFF : "frontend";
  const source = readCatalogue(SOURCE, domain).messages;
  const { messages, review } = readCatalogue(language, domain);
  const wanted = Object.keys(source).filter((id) => id.startsWith(`${part}.`));
  const chosen = Object.fromEntries(wanted.map((id) => [id, messages[id] ?? source[id] ?? ""]));
  const compiled = createCompiledCatalog(language, chosen, { namespace: "es" });
  const fault = compiled.errors[0];
  if (fault) throw new Error(`${language} ${fault.id}: ${fault.error.message}`);
  return `${compiled.source}\nexport const review=${JSON.stringify(review)};\n`;
}

/** Vite plugin: `frontend.po?part=booking` is the compiled module of that part. */
export function messages() {
  return {
    name: "amtsweg-messages",
    enforce: /** @type {const} */ ("pre"),
    buildStart: writeTypes,
    /** @param {string} id */
    load(id) {
      const match = /locales\/([\w-]+)\/LC_MESSAGES\/\w+\.po\?part=(\w+)/.exec(id);
      if (!match) return null;
      const [, language = SOURCE, part = ""] = match;
      return { code: compilePart(language, part), moduleType: "js" };
    },
  };
}

/**
 * Names of the placeholders in one compiled ICU message, plural branches included.
 * @param {unknown} tokens
 * @returns {string[]}
 */
function placeholders(tokens) {
  if (!Array.isArray(tokens)) return [];
  return tokens.flatMap((token) => {
    if (!Array.isArray(token)) return [];
    const branches = token[2] && typeof token[2] === "object" ? Object.values(token[2]) : [];
    return [String(token[0]), ...branches.flatMap(placeholders)];
  });
}

/** Writes `messages.gen.d.ts`: every id with the placeholders its German text names, so that an unknown id is a type error. */
export function writeTypes() {
  const messages = { ...readCatalogue(SOURCE).messages, ...readCatalogue(SOURCE, STAFF).messages };
  const lines = Object.entries(messages).map(([id, text]) => {
    const names = [...new Set(placeholders(compileMessage(text)))].filter((name) => name !== "#");
    return `  ${JSON.stringify(id)}: ${names.map((name) => JSON.stringify(name)).join(" | ") || "never"};`;
  });
  const target = fileURLToPath(new URL("./src/i18n/messages.gen.d.ts", import.meta.url));
  const types = `/** Generated from the German catalogue by frontend/messages.mjs. */\nexport interface Messages {\n${lines.join("\n")}\n}\n`;
  writeFileSync(target, types);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeTypes();
