// @ts-check
/**
 * Weight of a cold visit to the booking route, from the build's manifest: JavaScript <= 120 kB, CSS <= 20 kB, gzip.
 * Counted are the entry, all six steps, what they import, and the words of the heaviest language. Beside it what filling
 * a form adds (engine, fields, pages): <= 40 kB. Staff have a build of their own: work list, cold, words included <= 150 kB.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { LANGUAGES } from "./messages.mjs";

const LIMITS = { js: 120_000, css: 20_000, filling: 40_000, staff: 150_000 };
const dist = fileURLToPath(new URL("./dist/", import.meta.url));

/** @typedef {{ file: string, imports?: string[], css?: string[] }} Chunk */
/** @type {Record<string, Chunk>} */
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf-8"));

/** @param {string} file */
const weight = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length;

/** @param {Iterable<string>} files */
const total = (files) => [...files].reduce((sum, file) => sum + weight(file), 0);

/**
 * Files of a chunk and of everything it imports at once.
 * @param {string} key
 * @param {Set<string>} found
 * @param {Record<string, Chunk>} build
 */
function files(key, found, build = manifest) {
  const chunk = build[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const style of chunk.css ?? []) found.add(style);
  for (const imported of chunk.imports ?? []) files(imported, found, build);
  return found;
}

const pages = Object.keys(manifest).filter((key) =>
  /^src\/features\/booking\/pages\/(Services|Places|Time|Data|Check|Done)Page\.tsx$/.test(key),
);
if (pages.length !== 6) throw new Error(`the build has ${pages.length} of 6 booking steps`);
/** @type {Set<string>} */
const loaded = new Set();
for (const key of ["index.html", ...pages]) files(key, loaded);

const words = LANGUAGES.map((language) => {
  const parts = ["common", "booking"].map(
    (part) => manifest[`../locales/${language}/LC_MESSAGES/frontend.po?part=${part}`],
  );
  return { language, bytes: total(parts.map((chunk) => chunk?.file ?? "").filter(Boolean)) };
});
const heaviest = words.reduce((a, b) => (b.bytes > a.bytes ? b : a));

const js = total([...loaded].filter((file) => file.endsWith(".js"))) + heaviest.bytes;
const styles = Object.values(manifest)
  .map(({ file }) => file)
  .filter((file) => file.endsWith(".css"));
const css = total(new Set([...loaded, ...styles].filter((file) => file.endsWith(".css"))));
const kilo = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const line = `booking, cold, gzip: JavaScript ${kilo(js)} of ${kilo(LIMITS.js)} (words ${heaviest.language} ${kilo(heaviest.bytes)}), CSS ${kilo(css)} of ${kilo(LIMITS.css)}`;
process.stdout.write(`${line}\n`);

const filling = new Set(
  Object.values(manifest).flatMap(({ file }) => (/\/filling-[^/]+\.js$/.test(file) ? [file] : [])),
);
if (filling.size !== 1) throw new Error(`the build has ${filling.size} chunks for filling a form`);
const added = total(filling);
process.stdout.write(`filling a form adds ${kilo(added)} of ${kilo(LIMITS.filling)}\n`);

/** @type {Record<string, Chunk>} */
const desk = JSON.parse(readFileSync(`${dist}.vite/staff.json`, "utf-8"));
/** @type {Set<string>} */
const first = new Set();
for (const key of ["amt.html", "src/features/casework/pages/WorkListPage.tsx"]) files(key, first, desk);
if (!desk["amt.html"]) throw new Error("the build has no pages for staff");
const staff = total([...first].filter((file) => file.endsWith(".js")));
process.stdout.write(`staff's work list, cold, gzip: JavaScript ${kilo(staff)} of ${kilo(LIMITS.staff)}\n`);
if (js > LIMITS.js || css > LIMITS.css || added > LIMITS.filling || staff > LIMITS.staff) process.exitCode = 1;
