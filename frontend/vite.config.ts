import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { messages } from "./messages.mjs";
import { shells } from "./shells.mjs";

const root = import.meta.dirname;
const backend = process.env["AMTSWEG_BACKEND"] ?? "http://127.0.0.1:8000";

/** The build obeys the page's Content-Security-Policy: nothing inline, no data: addresses, hashed files only. */
export default defineConfig({
  root,
  plugins: [messages(), react(), shells()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": backend, "/leistung": backend }, fs: { allow: [".."] } },
  test: {
    root,
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
