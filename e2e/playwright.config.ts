import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { OWN, PORTALS, type Portal } from "./fixtures/portals";

/**
 * The browser tests run against portals started as `make start` starts them, one for each worker (E2E_WORKERS, E2E_PORT) with
 * a data folder of its own (E2E_DATA); people sign in at an independent account provider.
 */
const root = new URL("..", import.meta.url).pathname;

/** The processes of one portal. */
function serversOf({ port, citizens, staff, data }: Portal) {
  const address = `http://localhost:${port}`;
  const secret = join(data, "account-provider.secret");
  mkdirSync(data, { recursive: true });
  writeFileSync(secret, "only-for-the-browser-tests-of-this-machine");
  return [
    {
      command: `node ${root}e2e/fixtures/oidc/provider.mjs ${port + 1} ${port + 2} ${address} ${secret}`,
      url: `${staff}/.well-known/openid-configuration`,
      reuseExistingServer: !process.env.CI,
      stderr: "ignore" as const,
    },
    {
      command: `${root}.venv/bin/python -m backend.local.start`,
      cwd: root,
      url: `${address}/health/ready`,
      timeout: 300_000,
      reuseExistingServer: !process.env.CI,
      gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
      stdout: "pipe" as const,
      // One proxy hop is believed: a test may come from an address of its own, for which the limits are on.
      env: {
        PORT: String(port),
        AMTSWEG_DATA: data,
        RELEASE_DELAY: "0",
        AMTSWEG_PROXY_HOPS: "1",
        CITIZEN_ISSUER: citizens,
        CITIZEN_CLIENT_ID: "amtsweg-citizens",
        CITIZEN_CLIENT_SECRET_FILE: secret,
        STAFF_ISSUER: staff,
        STAFF_CLIENT_ID: "amtsweg-staff",
        STAFF_CLIENT_SECRET_FILE: secret,
      },
    },
  ];
}

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: PORTALS.length,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["junit", { outputFile: "../reports/e2e.xml" }]],
  use: {
    baseURL: `http://localhost:${OWN.port}`,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    // A trace shows every step's page; drawing it as a film beside that costs a tenth of the processor.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
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
  webServer: PORTALS.flatMap(serversOf),
});
