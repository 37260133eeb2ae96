import { tabAndPress } from "../fixtures/keyboard";
import { expect, test } from "../fixtures/test";
import { Booking, visitor } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

test("the skip link comes first and leads over the head to the content", async ({ page }) => {
  const { t } = new Booking(page);
  for (const address of ["/de/", "/de/leistungen/personalausweis", "/de/buchen/orte?service=personalausweis:1"]) {
    await page.goto(address);
    await expect(page.locator("main h1")).toBeVisible();
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: t("common.skip") });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toBeFocused();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  }
});

test("Tab follows the order of reading and reaches everything once", async ({ page }) => {
  const booking = new Booking(page);
  await booking.openTimes();
  const known = await page.evaluate(() => {
    const stops = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary")];
    let radio = false;
    const wanted = stops.filter((stop) => {
      if (!stop.checkVisibility()) return false;
      if (!(stop instanceof HTMLInputElement) || stop.type !== "radio") return true;
      const first = !radio;
      radio = true;
      return first;
    });
    wanted.forEach((stop, index) => (stop.dataset["stop"] = String(index)));
    return wanted.length;
  });
  const stopNow = (): Promise<number> =>
    page.evaluate(() => Number((document.activeElement as HTMLElement).dataset["stop"]));
  await page.keyboard.press("Tab");
  expect(await stopNow()).toBe(0);
  for (let stop = 0; stop < known - 1; stop += 1) {
    // A date field has stops of its own inside: day, month, year.
    do await page.keyboard.press("Tab");
    while ((await stopNow()) === stop);
    expect(await stopNow()).toBe(stop + 1);
  }
});

test("choosing nothing is said in a summary, and its link leads to the choices", async ({ page, portal }) => {
  const booking = new Booking(page);
  await booking.openTimes();
  await tabAndPress(page, booking.button("booking.time.continue").first());
  const summary = page.getByRole("group", { name: booking.t("common.error.summary") });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("alert")).toContainText(booking.t("booking.time.choose_error"));
  await portal.inspect();
  await tabAndPress(page, summary.getByRole("link"));
  await expect(page.getByRole("radio").first()).toBeFocused();

  await page.keyboard.press("Space");
  await tabAndPress(page, booking.button("booking.time.continue").first());
  await booking.expectPage("booking.data.title");
  await tabAndPress(page, booking.button("booking.data.submit"));
  await expect(summary).toBeFocused();
  for (const field of ["given_name", "family_name", "email"]) {
    const control = booking.field(`booking.field.${field}`);
    await expect(control).toHaveAttribute("aria-invalid", "true");
    await expect(control).toHaveAccessibleDescription(new RegExp(booking.t("common.error.prefix")));
  }
  await tabAndPress(page, summary.getByRole("link").nth(2));
  await expect(booking.field("booking.field.email")).toBeFocused();
});

test("further days and more times move focus to what is new and say it", async ({ page }) => {
  const booking = new Booking(page);
  const { t } = booking;
  await booking.openTimes();
  const days = page.getByRole("heading", { level: 3 }).filter({ has: page.locator('span[id^="day-"]') });
  const before = await days.count();
  await booking.button("booking.time.more_days").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => days.count()).toBeGreaterThan(before);
  await expect(days.nth(before)).toBeFocused();
  const came = (await days.count()) - before;
  await expect(page.getByRole("status").first()).toHaveText(t("booking.time.loaded", { count: came, date: "" }));

  const radios = page.getByRole("radio");
  const shown = await radios.count();
  await page
    .getByRole("button", { name: t("booking.time.more") })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => radios.count()).toBeGreaterThan(shown);
  // Focus is on the ninth time of the group whose button is gone.
  const place = page.evaluate(() => {
    const group = document.activeElement?.closest("fieldset");
    return [...(group?.querySelectorAll("input") ?? [])].indexOf(document.activeElement as HTMLInputElement);
  });
  expect(await place).toBe(8);
});

test("the dialog holds focus, closes with Escape and gives focus back", async ({ page, portal }) => {
  const booking = new Booking(page);
  const { t } = booking;
  await page.clock.install();
  await booking.openTimes();
  await booking.takeTime();
  await expect(page.getByRole("status").first()).toHaveText(/\d\d:\d\d/);
  await booking.field("booking.field.family_name").focus();
  await page.clock.fastForward(13.5 * 60_000);
  const dialog = page.getByRole("dialog", { name: t("booking.hold.soon.title") });
  await expect(dialog).toBeVisible();
  await expect(dialog).toHaveAccessibleDescription(/\d/);
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press("Tab");
    // Between its last and first control the browser's own bars have a turn; the page behind never has.
    const behind = await page.evaluate(() => {
      const element = document.activeElement;
      return element !== document.body && element?.closest("dialog") === null;
    });
    expect(behind).toBe(false);
  }
  await portal.inspect();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(booking.field("booking.field.family_name")).toBeFocused();
});

test("nothing moves, and targets are large enough", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const booking = new Booking(page);
  await booking.openTimes();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        return animationName !== "none" || Number.parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth";
      })
      .map((element) => element.tagName),
  );
  expect(moving).toEqual([]);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("label:has(input), main button, header a, footer a")]
      .filter((target) => target.offsetParent !== null && getComputedStyle(target).display !== "inline")
      .filter((target) => target.getBoundingClientRect().height < 24 || target.getBoundingClientRect().width < 24)
      .map((target) => target.outerHTML.slice(0, 120)),
  );
  expect(small).toEqual([]);
  const choices = await page
    .locator("label:has(input[type=radio])")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  for (const height of choices) expect(height).toBeGreaterThanOrEqual(43.5);
});

test("what a screen reader finds: choosing a time and the booked page, which prints without the rest", async ({
  page,
}) => {
  const booking = new Booking(page);
  const person = visitor();
  await booking.openTimes();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - link "Zurück"
      - 'progressbar "Schritt 3 von 5: Zeit wählen"'
      - heading "Wann passt es Ihnen?" [level=1]
      - group "Die fünf frühesten Termine":
        - heading "Die fünf frühesten Termine" [level=2]
        - radio /\\d+:\\d+ Uhr .*\\d{4} .+/
        - radio /\\d+:\\d+ Uhr .*\\d{4} .+/
        - radio /\\d+:\\d+ Uhr .*\\d{4} .+/
        - radio /\\d+:\\d+ Uhr .*\\d{4} .+/
        - radio /\\d+:\\d+ Uhr .*\\d{4} .+/
      - button "Weiter mit diesem Termin"
      - link "Andere Tage ansehen"
      - region "Weitere freie Zeiten":
        - heading "Weitere freie Zeiten" [level=2]
        - group: Zeiten eingrenzen
        - region /.+ \\d{4}/:
          - heading /.+ \\d{4} \\(\\d+ frei\\)/ [level=3]
          - group:
            - radio /.+ \\d{4} \\d+:\\d+ .+/
        - button "Weitere Tage laden"
        - button "Weiter mit diesem Termin"
      - complementary "Ihr Termin bisher"
  `);
  await page.locator("summary", { hasText: "Zeiten eingrenzen" }).press("Enter");
  await expect(page.getByRole("form", { name: "Zeiten eingrenzen" })).toMatchAriaSnapshot(`
    - form "Zeiten eingrenzen":
      - group "Tageszeit"
      - group "Vor Ort brauche ich"
      - group "Wochentage"
      - button "Zeiten neu suchen"
  `);
  await booking.takeTime();
  await booking.fillPerson(person);
  await booking.bind();
  await booking.confirm(person);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Ihr Termin ist gebucht" [level=1]
      - article "Ihr Termin":
        - paragraph: /.+ \\d{4}/
        - paragraph: /\\d+:\\d+ Uhr/
        - term: Ort
        - definition: /.+ \\d{5} Brem.+/
        - term: Anliegen
        - definition: /Personalausweis beantragen 1 Person.+/
        - term: Ihre Terminnummer
        - definition: /[A-Z0-9]{3} [A-Z0-9]{3} [A-Z0-9]{3} Code .+/
      - button "In den Kalender eintragen"
      - button "Diese Seite drucken"
      - region "Bitte mitbringen":
        - heading "Bitte mitbringen" [level=2]
        - list
      - complementary "Passt es doch nicht?":
        - paragraph:
          - link "Termin verschieben"
        - paragraph:
          - link "Termin absagen"
  `);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("article")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const gone of [page.getByRole("navigation"), page.locator("main button"), page.locator("main aside")]) {
    for (const one of await gone.all()) await expect(one).toBeHidden();
  }
  const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g);
  expect(sheets).toHaveLength(1);
});
