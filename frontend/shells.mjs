// @ts-check
/**
 * One page shell per language: right `lang`, `dir` and title, its two fonts and its words preloaded, plain text without JavaScript.
 * Staff have one shell, in German. The web server answers every portal address with `shells/<lang>.html`; it may put the offices at the marker `<!--offices-->`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { LANGUAGES, readCatalogue } from "./messages.mjs";

const FONTS = {
  latin: /^fira-sans-latin-[46]00-normal-/,
  ar: /^noto-sans-arabic-arabic-[46]00-normal-/,
  uk: /^fira-sans-cyrillic-[46]00-normal-/,
};

/** @param {string} text */
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/**
 * @param {string} template the built index.html
 * @param {string} language
 * @param {{ assets: string[], manifest: Record<string, { file: string, imports?: string[] }> }} build
 */
function shell(template, language, { assets, manifest }) {
  const { messages } = readCatalogue(language);
  const german = readCatalogue("de").messages;
  /** @param {string} id */
  const text = (id) => escape(messages[id] ?? german[id] ?? "");
  const fonts = language === "ar" ? [FONTS.ar] : language === "uk" ? [FONTS.uk, FONTS.latin] : [FONTS.latin];
  const words = manifest[`../locales/${language}/LC_MESSAGES/frontend.po?part=common`]?.file;
  const preloads = [
    ...assets
      .filter((name) => fonts.some((font) => font.test(name)) && name.endsWith(".woff2"))
      .map((name) => `<link rel="preload" href="/assets/${name}" as="font" type="font/woff2" crossorigin>`),
    ...[words, ...(manifest["index.html"]?.imports ?? []).map((key) => manifest[key]?.file)]
      .filter(Boolean)
      .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ];
  const variant = language === "de-simple" ? ' data-variant="simple"' : "";
  const lines = ["shell.noscript.what", "shell.noscript.phone", "shell.noscript.offices"].map(
    (id) => `<p>${text(id)}</p>`,
  );
  return template
    .replace(
      '<html lang="de" dir="ltr">',
      `<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"${variant}>`,
    )
    .replace(/<title>.*<\/title>/, `<title>${text("common.portal.title")}</title>`)
    .replace("<!--preloads-->", preloads.join("\n    "))
    .replace("<!--noscript-->", `<h1>${text("common.portal.title")}</h1>${lines.join("")}<!--offices-->`);
}

/** Where the build of the staff's pages writes which files it made. */
export const STAFF_MANIFEST = ".vite/staff.json";

/**
 * A gzip and a Brotli copy beside every text file of the build.
 * @param {string} dir
 */
function pack(dir) {
  for (const name of readdirSync(join(dir, "assets")).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const path = join(dir, "assets", name);
    const content = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

/** Vite plugin: writes the shells, one for each language. */
export function shells() {
  return {
    name: "amtsweg-shells",
    apply: /** @type {const} */ ("build"),
    /** @param {{ dir?: string }} options */
    writeBundle({ dir = "" }) {
      const template = readFileSync(join(dir, "index.html"), "utf-8");
      const manifest = JSON.parse(readFileSync(join(dir, ".vite/manifest.json"), "utf-8"));
      const assets = readdirSync(join(dir, "assets"));
      mkdirSync(join(dir, "shells"), { recursive: true });
      for (const language of LANGUAGES) {
        writeFileSync(join(dir, "shells", `${language}.html`), shell(template, language, { assets, manifest }));
      }
      pack(dir);
    },
  };
}

/** Vite plugin: writes the one shell of the staff's pages. */
export function staffShell() {
  return {
    name: "amtsweg-staff-shell",
    apply: /** @type {const} */ ("build"),
    /** @param {{ dir?: string }} options */
    writeBundle({ dir = "" }) {
      const { messages } = readCatalogue("de", "staff");
      const title = escape(messages["staff.title"] ?? "");
      const fonts = readdirSync(join(dir, "assets"))
        .filter((name) => FONTS.latin.test(name) && name.endsWith(".woff2"))
        .map((name) => `<link rel="preload" href="/assets/${name}" as="font" type="font/woff2" crossorigin>`);
      const page = readFileSync(join(dir, "amt.html"), "utf-8")
        .replace(/<title>.*<\/title>/, `<title>${title}</title>`)
        .replace("<!--preloads-->", fonts.join("\n    "))
        .replace("<!--noscript-->", `<h1>${title}</h1><p>${escape(messages["staff.shell.noscript"] ?? "")}</p>`);
      writeFileSync(join(dir, "shells", "amt.html"), page);
      rmSync(join(dir, "amt.html"));
      pack(dir);
    },
  };
}
