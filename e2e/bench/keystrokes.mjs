// @ts-check
/**
 * What one keystroke in the staff's work list costs the browser: `node keystrokes.mjs <portal> <cookie=secret>`.
 * CPU time of the page's main thread from the key until the picture after it is made, scripts, styles, layout and paint
 * included (`TaskDuration` of Chromium), so that the time says what the page does and not what else runs on the machine.
 * Prints JSON: { shown: cases on the page, rows: [{ name, limited, milliseconds: [one for each key] }] }.
 */
import { chromium } from "@playwright/test";

const [portal = "", cookie = ""] = process.argv.slice(2);
const [name = "", value = ""] = cookie.split("=");
const TIMES = 40;

const browser = await chromium.launch({
  ...(process.env["CHROMIUM"] && { executablePath: process.env["CHROMIUM"] }),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1280, height: 900 } });
await context.addCookies([{ name, value, domain: "localhost", path: "/", secure: true }]);
const page = await context.newPage();
await page.goto(`${portal}/amt`);
await page.locator("tbody tr").nth(49).waitFor();
await page.locator("main details:has(#sprache) > summary").click();
await page.waitForLoadState("networkidle");

const tools = await context.newCDPSession(page);
await tools.send("Performance.enable", { timeDomain: "threadTicks" });
const spent = async () => {
  const { metrics } = await tools.send("Performance.getMetrics");
  return (metrics.find((metric) => metric.name === "TaskDuration")?.value ?? NaN) * 1000;
};
const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** @param {readonly string[]} keys */
async function pressed(keys) {
  const milliseconds = [];
  for (const key of keys) {
    await drawn();
    const before = await spent();
    await page.keyboard.press(key);
    await drawn();
    milliseconds.push((await spent()) - before);
  }
  return milliseconds;
}

/** @param {string} what @param {string | null} target @param {readonly string[]} keys */
async function measured(what, target, keys) {
  if (target) await page.locator(target).focus();
  const all = Array.from({ length: TIMES }, (_, at) => keys[at % keys.length] ?? "");
  return { name: what, limited: true, milliseconds: await pressed(all) };
}

const TEXT = [..."Wolfgang Mueller-Luedenscheidt aus Bremen"];
const DAY = [..."29.02.1988", ...Array.from({ length: 10 }, () => "Backspace")];
const [DOWN, UP] = [Array.from({ length: 20 }, () => "j"), Array.from({ length: 20 }, () => "k")];

const rows = [
  { ...(await measured("a key that does nothing", "h1", ["Shift"])), limited: false },
  await measured("typing in the search", "#suche", TEXT),
  await measured("typing a date of birth", "#geboren", DAY),
  await measured("typing a label to filter by", "#kennzeichen", TEXT),
  await measured("typing an age to filter by", "#alter", ["1", "2", "Backspace", "Backspace"]),
  await measured("choosing a service with the arrows", "#dienst", ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]),
  await measured("from case to case by letters", "h1", [...DOWN, ...UP]),
  await measured("choosing cases by letter", null, ["x", "j"]),
  await measured("from control to control by Tab", "h1", ["Tab"]),
];
process.stdout.write(JSON.stringify({ shown: await page.locator("tbody tr").count(), rows }));
await browser.close();
