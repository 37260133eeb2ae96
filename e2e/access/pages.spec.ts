import { expect, test } from "../fixtures/test";
import { LANGUAGES } from "../fixtures/words";

/** Every address of the portal that needs no appointment, in every language: invariants, axe, no scrolling sideways. */
const ADDRESSES = [
  "/",
  "/suche?q=Perso",
  "/suche?q=xyzzyqwert",
  "/lage/umzug",
  "/leistungen",
  "/leistungen/personalausweis",
  "/leistungen/bewohnerparken",
  "/standorte",
  "/standorte/hb-mitte",
  "/standorte/bhv-mob-leherheide",
  "/buchen/leistungen?service=personalausweis:3&service=wohnsitz-anmelden:1",
  "/buchen/orte?service=personalausweis:1",
  "/buchen/zeit?service=personalausweis:1",
  "/termin",
  "/anmelden",
  "/anmelden?grund=level&stufe=high&ziel=form_start&service=meldebescheinigung",
  "/konto",
  "/antrag/bewohnerparkausweis",
  "/antrag/meldebescheinigung",
  "/antrag/gibt-es-nicht",
  "/antrag/weiter",
  "/antrag-status",
  "/echtheit",
  "/barrierefreiheit",
  "/rueckmeldung",
  "/impressum",
  "/datenschutz",
  "/leichte-sprache",
  "/gibt-es-nicht",
];

for (const language of LANGUAGES) {
  test(`every page in ${language} keeps the invariants and passes axe`, async ({ page, portal }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const address of ADDRESSES) {
      await test.step(address, async () => {
        await portal.visit(`/${language}${address}`);
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(wide, page.url()).toBeLessThanOrEqual(320);
      });
    }
  });
}

test("the pages of the main way pass in dark, forced colours and with wide text spacing", async ({ page, portal }) => {
  test.setTimeout(120_000);
  for (const address of ["/de/", "/de/leistungen/personalausweis", "/de/buchen/zeit?service=personalausweis:1"]) {
    await page.emulateMedia({ colorScheme: "dark" });
    await portal.visit(address);
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    await portal.visit(address);
    await page.emulateMedia({ forcedColors: "none" });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(address);
    await portal.settled();
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }",
      );
      document.adoptedStyleSheets = [sheet];
    });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(wide, address).toBeLessThanOrEqual(320);
  }
});

test("without JavaScript there are phone, offices and hours", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  for (const [language, direction] of [
    ["de", "ltr"],
    ["ar", "rtl"],
  ] as const) {
    await page.goto(`/${language}/leistungen/personalausweis`);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("html")).toHaveAttribute("dir", direction);
    const read = await page.evaluate(() => document.body.innerText);
    expect(read).toContain("115");
    expect(read).toContain("Martinistraße 3");
    expect(read).toMatch(/07:30/);
  }
  await context.close();
});

test("the root follows the browser's language, and deep links of the federal network lead on", async ({ request }) => {
  const answer = await request.get("/", { headers: { "Accept-Language": "uk,en;q=0.5" }, maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  expect(answer.headers()["location"]).toMatch(/\/uk\/$/);
  const deep = await request.get("/leistung/99008001012000?ars=040110000000", { maxRedirects: 0 });
  expect(deep.headers()["location"]).toContain("/leistungen/personalausweis");
  expect((await request.get("/de/gibt-es-nicht")).status()).toBe(404);
});

test("focus goes to the heading and the title changes on navigation", async ({ page, portal }) => {
  await portal.visit("/de/leistungen");
  await page.getByRole("link", { name: "Personalausweis beantragen", exact: true }).click();
  const heading = page.getByRole("heading", { level: 1, name: "Personalausweis beantragen" });
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(/^Personalausweis beantragen/);
  await portal.inspect();
  await page.goBack();
  await expect(page).toHaveURL(/\/de\/leistungen$/);
});
