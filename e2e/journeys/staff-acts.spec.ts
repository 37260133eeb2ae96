import type { Page } from "@playwright/test";
import { tabAndPress, tabTo } from "../fixtures/keyboard";
import { chooseWorker } from "../fixtures/oidc/account";
import { asOffice, letDecisionLeave } from "../fixtures/office";
import { submitted } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import { Deciding } from "../pages/deciding";

test.describe.configure({ mode: "serial" });

let reference = "";
const TEXT = "Ein langer, sorgfältig geschriebener Text.";

test("somebody registers a trade", async ({ page }) => {
  reference = await submitted(page, { service: "gewerbe", example: "single_person", person: "rim", level: "basic" });
});

test("taken, given back; a double press writes one note", async ({ page, portal }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.unfold("staff.acting.assign");
  await desk.act("staff.acting.assign.take");
  await expect(desk.more).toContainText(desk.t("staff.acting.assign.now", { name: "Wiebke Osterloh" }));
  await portal.inspect();
  await tabAndPress(page, desk.button("staff.acting.assign.give_back"));
  await expect(desk.more).toContainText(desk.t("staff.acting.assign.nobody"));
  await desk.unfold("staff.acting.note");
  await desk.act("staff.acting.note.submit");
  await expect(desk.summary).toBeFocused();
  await desk.type("note-text", TEXT);
  await desk.button("staff.acting.note.submit").dblclick();
  await expect(page.locator("#note-text")).toHaveValue("");
  await portal.settled();
  await expect(page.getByText(TEXT)).toHaveCount(1);
});

test("an answer is corrected with the field of the form, and the change is shown", async ({ page, portal }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.unfold("staff.acting.correct");
  await desk.act("staff.acting.correct.submit");
  await expect(desk.summary).toBeFocused();
  await portal.inspect();
  const which = page.locator("#correct-field");
  await tabTo(page, which);
  const place = await which.evaluate((box: HTMLSelectElement) =>
    [...box.options].findIndex(({ value }) => value === "/activity"),
  );
  for (let step = 0; step < place; step += 1) await page.keyboard.press("ArrowDown");
  await expect(which).toHaveValue("/activity");
  await desk.type("f-activity", " Und Reparatur.");
  await desk.type("correct-reason", "Am Telefon so gesagt.");
  await portal.inspect();
  await desk.act("staff.acting.correct.submit");
  await expect(page.getByRole("heading", { name: desk.t("staff.case.versions") })).toBeVisible();
  await expect(page.locator("main")).toContainText("Und Reparatur.");
});

test("another office is asked, and the question is withdrawn", async ({ page, portal }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.unfold("staff.acting.opinion");
  await desk.act("staff.acting.opinion.submit");
  await expect(desk.summary).toBeFocused();
  await tabTo(page, page.locator("#opinion-office"));
  await page.keyboard.press("ArrowDown");
  await desk.type("opinion-question", "Ist die Tätigkeit dort erlaubt?");
  await desk.tick("opinion-pages", 0);
  await desk.act("staff.acting.opinion.submit");
  await expect(desk.more).toContainText("Ist die Tätigkeit dort erlaubt?");
  await portal.inspect();
  await tabAndPress(page, desk.more.getByRole("button", { name: /^Frage zurückziehen: / }));
  await expect(desk.more.getByText("Ist die Tätigkeit dort erlaubt?")).toHaveCount(0);
});

test("single keys, for whom they are switched on, lead to every act", async ({ page }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await page.keyboard.press("f");
  await expect(page.locator("#step-request")).not.toBeChecked();
  await switchShortcuts(page, true);
  await desk.again();
  await page.keyboard.press("f");
  await expect(page.locator("#step-request")).toBeChecked();
  await expect(page.locator("#step-request")).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.locator("#step-granted")).toBeFocused();
  await page.keyboard.press("z");
  await expect(page.locator("#note-text")).toBeFocused();
  await page.keyboard.type("fenz");
  await expect(page.locator("#note-text")).toHaveValue("fenz");
  await page.locator("#acting").focus();
  await page.keyboard.press("t");
  await expect(page.getByRole("status").first()).toContainText(desk.t("staff.acting.assign.taken"));
  await switchShortcuts(page, false);
});

test("what was typed outlives a change by somebody else and a lost session", async ({ page, portal, context }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.choose("refused");
  await desk.type("decide-text", TEXT);
  asOffice("message", reference, "Inzwischen geschrieben.");
  await desk.act("staff.acting.decide.submit.refused");
  await expect(desk.summary).toContainText(desk.t("staff.acting.error.changed_elsewhere"));
  await expect(desk.summary).toBeFocused();
  await expect(page.locator("#decide-text")).toHaveValue(TEXT);
  await portal.inspect();

  await context.clearCookies();
  await tabAndPress(page, desk.button("staff.acting.decide.submit.refused"));
  await expect(desk.heading).toHaveText(desk.t("staff.sign_in.title"));
  await tabAndPress(page, page.getByRole("main").getByRole("button"));
  await chooseWorker(page, "clerk-hb");
  await expect(page.locator("#decide-text")).toHaveValue(TEXT);
  expect(await page.evaluate(() => Object.keys(window.localStorage))).toEqual([]);
  await desk.act("staff.acting.decide.submit.refused");
  await desk.expectPanel("staff.acting.leaving.refused");
  letDecisionLeave(reference);
});

test("a decided case is reopened, taken along as a package, and handed to another office", async ({ page, portal }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.expectPanel("staff.acting.ended");
  await desk.unfold("staff.acting.reopen");
  await desk.type("reopen-text", "Neue Tatsachen sind bekannt.");
  await desk.act("staff.acting.reopen.submit");
  await expect(page.locator('input[name="step"]').first()).toBeVisible();
  await portal.inspect();
  const file = page.waitForEvent("download");
  await tabAndPress(page, desk.more.getByRole("link", { name: desk.t("staff.acting.export") }));
  expect((await file).suggestedFilename()).toMatch(/\.zip$/);
  await desk.again();
  await desk.unfold("staff.acting.hand_over");
  await tabTo(page, page.locator("#hand-over-office"));
  await page.keyboard.press("ArrowDown");
  await desk.type("hand-over-note", "Gehört zu Ihnen.");
  await tabAndPress(page, desk.button("staff.acting.hand_over.submit"));
  await expect(page.getByRole("status").first()).toContainText(desk.t("staff.acting.hand_over.done"));
});

/** As the page of settings does it. */
async function switchShortcuts(page: Page, shortcuts: boolean): Promise<void> {
  const status = await page.evaluate(async (on) => {
    const headers = { "X-Amtsweg": "1", "Content-Type": "application/json" };
    const body = JSON.stringify({ languages: null, services: null, shortcuts: on });
    return (await fetch("/api/v1/staff/profile", { method: "PUT", headers, body })).status;
  }, shortcuts);
  expect(status).toBe(200);
}
