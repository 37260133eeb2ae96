import { expectFocusKept, tabAndPress, tabTo } from "../fixtures/keyboard";
import { asOffice } from "../fixtures/office";
import { expect, test } from "../fixtures/test";
import { pdfOf } from "../fixtures/pdf";
import { submitted } from "../fixtures/submitted";
import { Applying } from "../pages/applying";
import { Desk } from "../pages/desk";

test.describe.configure({ mode: "serial" });

let reference = "";

test("somebody applies for a parking permit and sends a letter of two pages", async ({ page }) => {
  const applying = new Applying(page);
  reference = await submitted(page, {
    service: "bewohnerparkausweis",
    example: "new_own_car",
    person: "thi-anh",
    level: "high",
  });
  await page.goto(`/de/antraege/${reference}`);
  await page.getByLabel(applying.t("applications.status.write")).fill("Hier ist noch ein Brief.");
  const letter = { name: "brief.pdf", mimeType: "application/pdf", buffer: pdfOf(["Erste Seite", "Zweite Seite"]) };
  await page.locator("#message-files").setInputFiles(letter);
  await expect(page.getByText(applying.t("applications.file.clean"), { exact: true })).toBeVisible({ timeout: 30_000 });
  await applying.button("applications.status.write.submit").click();
  await expect(page.getByRole("article").filter({ hasText: "Hier ist noch ein Brief." })).toContainText("brief.pdf");
  asOffice("message", reference, "Wir haben Ihren Antrag bekommen.");
});

test("a clerk reads the case with the keyboard alone", async ({ page, portal }) => {
  const desk = new Desk(page);
  const { t } = desk;
  await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
  await expect(desk.heading).toContainText("Nguyễn");
  await portal.inspect();
  const main = page.locator("main");
  await expect(main).toContainText(reference);
  await expect(main).toContainText(t("staff.case.answers.account"));
  await expect(main).toContainText("Wir haben Ihren Antrag bekommen.");
  await expect(main).toContainText(t("staff.case.rules.decision"));
  await expect(desk.log).toContainText(t("staff.event.application.received"));

  const check = page.getByRole("checkbox").first();
  await tabAndPress(page, check, "Space");
  await expect(check).toBeChecked();
  await page.reload();
  await expect(page.getByRole("checkbox").first()).toBeChecked();
});

test("evidence is looked at, turned and made larger without a mouse", async ({ page, portal }) => {
  const desk = new Desk(page);
  const { t } = desk;
  await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
  const paper = page.getByRole("button", { name: "nachweis.png" }).first();
  await tabAndPress(page, paper);
  const viewer = page.getByRole("dialog");
  await expect(viewer).toBeVisible();
  const picture = viewer.getByRole("img");
  await expect(picture).toHaveAttribute("alt", t("staff.case.view.image", { name: "nachweis.png", page: 1, total: 1 }));
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const before = (await picture.boundingBox())?.width ?? 0;
  await page.keyboard.press("+");
  await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeGreaterThan(before);
  await portal.inspect();
  const download = page.waitForEvent("download");
  await viewer.getByRole("link", { name: t("staff.case.view.download") }).click();
  expect((await download).suggestedFilename()).toMatch(/\.png$/);
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expect(paper).toBeFocused();
});

test("pages are turned, and their text can be read instead of the picture", async ({ page, portal }) => {
  const desk = new Desk(page);
  const { t } = desk;
  await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
  const message = page.getByRole("listitem").filter({ hasText: "Hier ist noch ein Brief." });
  await tabAndPress(page, message.getByRole("button", { name: "brief.pdf" }));
  const viewer = page.getByRole("dialog");
  const picture = viewer.getByRole("img");
  const alt = (shown: number) => t("staff.case.view.image", { name: "brief.pdf", page: shown, total: 2 });
  await expect(picture).toHaveAttribute("alt", alt(1));
  await tabAndPress(page, viewer.getByRole("button", { name: t("staff.case.view.next") }));
  await expect(picture).toHaveAttribute("alt", alt(2));
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await tabAndPress(page, viewer.locator("summary"));
  await expect(viewer.locator("details")).toContainText("Zweite Seite");
  await expect(viewer.locator("details")).not.toContainText("Erste Seite");
  await page.keyboard.press("PageUp");
  await expect(picture).toHaveAttribute("alt", alt(1));
  await expect(viewer.locator("details")).toContainText("Erste Seite");
  await portal.inspect();
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expectFocusKept(page);
});

test("labels come and go, and the list of events tells of them", async ({ page, portal }) => {
  const desk = new Desk(page);
  const { t } = desk;
  await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
  await tabAndPress(page, page.locator("summary", { hasText: t("staff.case.labels.edit") }));
  await tabAndPress(page, desk.button("staff.case.labels.add"));
  await expect(page.getByLabel(t("staff.case.labels.new"))).toBeFocused();
  await expect(page.getByText(t("staff.case.labels.missing"))).toBeVisible();
  await page.keyboard.type("eilig");
  await page.keyboard.press("Enter");
  await expect(desk.log).toContainText("eilig");
  await expectFocusKept(page);
  await portal.inspect();
  await tabAndPress(page, desk.button("staff.case.labels.remove", { label: "eilig" }));
  await expect(desk.button("staff.case.labels.remove", { label: "eilig" })).toHaveCount(0);
  await expectFocusKept(page);
});

test("two people in one case see each other, and what changed meanwhile is told", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const desk = new Desk(page);
  const { t } = desk;
  await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  const second = new Desk(await context.newPage());
  await second.signIn("lead-asv", `/amt/vorgang/${reference}`);
  await expect(second.page.locator("main")).toContainText(t("staff.case.present", { names: "Nevena Đukić" }));
  await expect(page.locator("main")).toContainText(t("staff.case.present", { names: "Tuğba Reinders" }), {
    timeout: 30_000,
  });
  await tabAndPress(page, page.locator('nav a[href="#acting"]'));
  await expect(page.locator("#acting")).toBeFocused();
  await tabAndPress(page, page.locator("summary", { hasText: t("staff.acting.note") }));
  const note = page.locator("#note-text");
  await tabTo(page, note);
  await page.keyboard.type("Halb geschrieben");
  asOffice("message", reference, "Noch eine Nachricht.");
  const shown = page.getByRole("heading", { name: t("staff.case.changed.title") });
  await expect(shown).toBeVisible({ timeout: 30_000 });
  await expect(note).toBeFocused();
  await portal.inspect();
  await desk.heading.focus();
  await tabAndPress(page, desk.button("staff.case.changed.show"));
  await expect(page.locator("main")).toContainText("Noch eine Nachricht.");
  await expect(page.locator("main")).toContainText(t("staff.case.changed.text"));
  await expectFocusKept(page);
  await tabAndPress(page, desk.button("staff.case.changed.seen"));
  await expect(shown).toHaveCount(0);
  await expectFocusKept(page);
  await expect(note).toHaveValue("Halb geschrieben");
  await context.close();
});

test("somebody of another office meets the same page as for a case that does not exist", async ({ page, portal }) => {
  const desk = new Desk(page);
  await desk.signIn("clerk-bhv", `/amt/vorgang/${reference}`);
  await expect(desk.heading).toHaveText(desk.t("staff.case.missing.title"));
  await portal.inspect();
});

test("coming from a search somebody says why the case is opened", async ({ page, portal }) => {
  const desk = new Desk(page);
  await desk.signIn("clerk-asv");
  await page.goto(`/amt/vorgang/${reference}?von=suche`);
  await expect(desk.heading).toHaveText(desk.t("staff.case.why.title"));
  await portal.inspect();
  await tabTo(page, page.getByRole("radio").first());
  await page.keyboard.press("ArrowDown");
  await tabAndPress(page, desk.button("staff.case.why.submit"));
  await expect(desk.heading).toContainText("Nguyễn");
  await expectFocusKept(page);
});

for (const [name, options] of [
  ["320 px", { viewport: { width: 320, height: 640 } }],
  ["forced colours", { forcedColors: "active" }],
] as const) {
  test.describe(name, () => {
    test.use(options);
    test("the case fits", async ({ page, portal }) => {
      const desk = new Desk(page);
      await desk.signIn("clerk-asv", `/amt/vorgang/${reference}`);
      await portal.inspect();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  });
}
