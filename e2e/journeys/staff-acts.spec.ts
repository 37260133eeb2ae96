import type { Page } from "@playwright/test";
import { tabAndPress, tabTo } from "../fixtures/keyboard";
import { chooseWorker } from "../fixtures/oidc/account";
import { asOffice, letDecisionLeave } from "../fixtures/office";
import { signedIn, submitted } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import { Deciding } from "../pages/deciding";
import { Desk } from "../pages/desk";
import { Following } from "../pages/following";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let reference = "";
const ASKED = "Ist die Tätigkeit dort erlaubt?";
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
  await desk.select("correct-field", "/activity");
  await desk.type("f-activity", " Und Reparatur.");
  await desk.type("correct-reason", "Am Telefon so gesagt.");
  await portal.inspect();
  await desk.act("staff.acting.correct.submit");
  await expect(page.getByRole("heading", { name: desk.t("staff.case.versions") })).toBeVisible();
  await expect(page.locator("main")).toContainText("Und Reparatur.");
});

test("another office is asked and answers; a second question is withdrawn", async ({ page, portal, elsewhere }) => {
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.unfold("staff.acting.opinion");
  await desk.act("staff.acting.opinion.submit");
  await expect(desk.summary).toBeFocused();
  await askOpinion(desk, "hb-sta", ASKED);
  await portal.inspect();

  const { page: there, portal: theirs } = await elsewhere();
  const other = new Desk(there);
  await other.signIn("clerk-sta", "/amt/stellungnahmen");
  const question = there.getByRole("article").filter({ hasText: reference });
  await expect(question).toContainText(ASKED);
  await expect(question.locator("details"), "only the page that was ticked").toHaveCount(1);
  await theirs.inspect();
  const send = question.getByRole("button", { name: other.t("staff.opinions.send") });
  await other.pressOn(send);
  const answer = question.getByRole("textbox", { name: other.t("staff.opinions.your_answer") });
  await expect(answer).toBeFocused();
  await expect(answer).toHaveAccessibleDescription(new RegExp(other.t("staff.opinions.missing")));
  await there.keyboard.type("Ja, ohne Auflagen.");
  await there.reload();
  await expect(answer).toHaveValue("Ja, ohne Auflagen.");
  await other.pressOn(send);
  await expect(question).toHaveCount(0);
  await expect(other.heading).toBeFocused();
  await other.pressOn(there.getByRole("link", { name: other.t("staff.opinions.ended") }));
  await expect(question).toContainText("Ja, ohne Auflagen.");
  await expect(question.getByRole("textbox")).toHaveCount(0);
  await there.goto(`/amt/vorgang/${reference}`);
  await expect(other.heading, "a question opens no case").toHaveText(other.t("staff.case.missing.title"));

  await desk.again();
  const told = page.getByRole("region", { name: desk.t("staff.case.opinions") });
  await expect(told).toContainText(desk.t("staff.case.opinions.answer_by", { name: "Oluwaseun Brand" }));
  await expect(told).toContainText("Ja, ohne Auflagen.");
  await desk.unfold("staff.acting.opinion");
  await askOpinion(desk, "hb-sta", ASKED);
  await tabAndPress(page, desk.more.getByRole("button", { name: /^Frage zurückziehen: / }));
  await expect(desk.more.getByText(ASKED)).toHaveCount(0);
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

test("the citizen reads what was corrected and why, and which decision counts", async ({ page, portal }) => {
  await signedIn(page, "rim", "basic");
  const citizen = new Following(page, "de", reference);
  await citizen.open();
  await expect(citizen.main).toContainText(citizen.t("applications.timeline.corrected"));
  await expect(citizen.main).toContainText("Am Telefon so gesagt.");
  await expect(citizen.main).toContainText(citizen.t("applications.timeline.reopened"));
  await expect(citizen.main).toContainText("Neue Tatsachen sind bekannt.");
  const counts = citizen.paper("office.reopened.counts", { date: "" }).replace(/ ?\.$/, "");
  await expect(citizen.main).toContainText(counts);
  await expect(citizen.letters.getByRole("link").first()).toBeVisible();
  for (const internal of [ASKED, "Ja, ohne Auflagen.", "Gehört zu Ihnen."]) {
    await expect(citizen.main).not.toContainText(internal);
  }
  await tabAndPress(page, page.locator("summary", { hasText: citizen.t("applications.status.answers.show") }));
  await expect(citizen.main).toContainText("Und Reparatur.");
  await portal.inspect();
});

/** A question about the first page of the answers, with the day that is proposed. */
async function askOpinion(desk: Deciding, office: string, question: string): Promise<void> {
  await desk.select("opinion-office", office);
  await desk.type("opinion-question", question);
  await desk.tick("opinion-pages", 0);
  await desk.act("staff.acting.opinion.submit");
  await expect(desk.more.locator("li").filter({ hasText: question })).toHaveCount(1);
}

/** As the page of settings does it. */
async function switchShortcuts(page: Page, shortcuts: boolean): Promise<void> {
  const status = await page.evaluate(async (on) => {
    const headers = { "X-Amtsweg": "1", "Content-Type": "application/json" };
    const body = JSON.stringify({ languages: null, services: null, shortcuts: on });
    return (await fetch("/api/v1/staff/profile", { method: "PUT", headers, body })).status;
  }, shortcuts);
  expect(status).toBe(200);
}
