import { basename } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { messages } from "./messages.mjs";
import { shells } from "./shells.mjs";

const root = import.meta.dirname;
const backend = process.env["AMTSWEG_BACKEND"] ?? "http://127.0.0.1:8000";

/**
 * One chunk for the ground and one per feature: forty small files compress 10 kB worse than three, and a person who
 * books goes through all steps anyway. One's own appointment, finding something by its number, the solver of the proof of
 * work, sessions and the upload stay apart.
 */
const chunks = [
  {
    name: "session",
    test: /src\/(api\/(session|problemText)|ui\/Session|lib\/typed)|features\/account\/components\/Session/,
  },
  {
    name: "upload",
    test: /applications\/upload\/send|node_modules\/(tus-js-client|js-base64|url-parse|querystringify|requires-port)/,
  },
  { name: "finding", test: /src\/ui\/NumberAndCode/ },
  {
    name: "ground",
    test: /node_modules\/(?!altcha-lib)|preload-helper|src\/(app\/(?!main)|ui|api|i18n|lib)|features\/\w+\/routes|booking\/model/,
  },
  { name: "appointment", test: /features\/booking\/pages\/(Open|Appointment|Move|Cancel|Confirm)/ },
  { name: "booking", test: /features\/booking\// },
  { name: "catalogue", test: /features\/catalogue\// },
  { name: "account", test: /features\/account\// },
  {
    name: "filling",
    test: /features\/applications\/(?!upload\/send|following|pages\/(Application|Withdraw|Paid|StatusByCode|Verify|Correct))/,
  },
  { name: "following", test: /features\/applications\// },
  { name: "portal", test: /features\/portal\// },
];

/** Vite's helper for preloading would have nothing to preload here: a page's import is all there is. */
const plainImports = {
  name: "amtsweg-plain-imports",
  enforce: "pre" as const,
  load: (id: string) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null),
};

/** What both builds share. They obey the page's Content-Security-Policy: nothing inline, no data: addresses, hashed files only. */
export const ground: ViteUserConfig = {
  root,
  cacheDir: "../node_modules/.vite",
  plugins: [messages(), plainImports, react()],
  // React has had useSyncExternalStore since 18; the router still brings its stand-in.
  resolve: { alias: { "use-sync-external-store/shim/index.js": "react" } },
  // Names from file and class instead of hashes: less to load, and pages that can be read. File names are unique.
  css: { modules: { generateScopedName: (name, file) => `${basename(file, ".module.css")}-${name}` } },
  // One style sheet and no preload helper: the shell links what the first page needs, the rest is four files.
  build: { outDir: "dist", assetsInlineLimit: 0, cssCodeSplit: false, modulePreload: false },
  server: { proxy: { "/api": backend, "/leistung": backend }, fs: { allow: [".."] } },
};

/** The portal of citizens; the pages of staff are a build of their own, so that no citizen loads a byte of them. */
export default defineConfig({
  ...ground,
  plugins: [...(ground.plugins ?? []), shells()],
  build: {
    ...ground.build,
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: chunks } } },
  },
  test: {
    root,
    environment: "jsdom",
    setupFiles: [`${root}/src/testing/setup.ts`],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
