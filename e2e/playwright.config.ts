import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { ISSUERS, PORTAL_PORT as port } from "./fixtures/oidc/account";

/**
 * The browser tests run against a portal started as `make start` starts it, with a data folder of its own; people sign in at
 * an independent account provider.
 */
const root = new URL("..", import.meta.url).pathname;
const data = process.env.E2E_DATA ?? mkdtempSync(join(tmpdir(), "amtsweg-e2e-"));
process.env.E2E_DATA = data;
const secret = join(data, "account-provider.secret");
mkdirSync(data, { recursive: true });
writeFileSync(secret, "only-for-the-browser-tests-of-this-machine");
const [citizens, staff] = [ISSUERS.citizens, ISSUERS.staff].map((issuer) => new URL(issuer).port);

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["junit", { outputFile: "../reports/e2e.xml" }]],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: [
    {
      command: `node ${root}e2e/fixtures/oidc/provider.mjs ${citizens} ${staff} http://localhost:${port} ${secret}`,
      url: `${ISSUERS.staff}/.well-known/openid-configuration`,
      reuseExistingServer: !process.env.CI,
      stderr: "ignore",
    },
    {
      command: `${root}.venv/bin/python -m backend.local.start`,
      cwd: root,
      url: `http://localhost:${port}/health/ready`,
      timeout: 120_000,
      reuseExistingServer: !process.env.CI,
      gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      stdout: "pipe",
      // One proxy hop is believed: a test may come from an address of its own, for which the limits are on.
      env: {
        PORT: String(port),
        AMTSWEG_DATA: data,
        RELEASE_DELAY: "0",
        AMTSWEG_PROXY_HOPS: "1",
        CITIZEN_ISSUER: ISSUERS.citizens,
        CITIZEN_CLIENT_ID: "amtsweg-citizens",
        CITIZEN_CLIENT_SECRET_FILE: secret,
        STAFF_ISSUER: ISSUERS.staff,
        STAFF_CLIENT_ID: "amtsweg-staff",
        STAFF_CLIENT_SECRET_FILE: secret,
      },
    },
  ],
});
