import type { Browser, Page } from "@playwright/test";
import { tabAndPress } from "../fixtures/keyboard";
import { letDecisionLeave } from "../fixtures/office";
import { submitted, type Sending } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import type { Language } from "../fixtures/words";
import { Applying } from "../pages/applying";
import { Deciding } from "../pages/deciding";

/** Each service, sent by the person who may, in the language that the outcome is read in. */
const PARKING: Sending = {
  service: "bewohnerparkausweis",
  example: "new_own_car",
  person: "mulyani",
  level: "substantial",
  language: "tr",
};
const BIRTH: Sending = {
  service: "geburtsurkunde",
  example: "for_pension",
  person: "mulyani",
  level: "substantial",
  language: "en",
};
const TRADE: Sending = { service: "gewerbe", example: "single_person", person: "rim", level: "basic", language: "ar" };
const HOME: Sending = {
  service: "wohnsitz-anmelden",
  example: "whole_family",
  person: "thi-anh",
  level: "high",
  language: "de-simple",
};
const REGISTERED: Sending = {
  service: "meldebescheinigung",
  example: "simple_at_once",
  person: "thi-anh",
  level: "high",
  language: "de-simple",
};

/** The citizen's own browser. */
async function citizen(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  return context.newPage();
}

/** What the citizen reads about the application, in the language it was sent in. */
async function reads(page: Page, language: Language, reference: string): Promise<Applying> {
  const applying = new Applying(page, language);
  await page.goto(`/${language}/antraege/${reference}`);
  await expect(applying.heading).toBeVisible();
  return applying;
}

test("parking permit: asked for more, answered and granted; the outcome is read in Turkish", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const person = await citizen(browser, baseURL);
  const reference = await submitted(person, PARKING);
  const desk = new Deciding(page);
  await desk.begin("clerk-asv", reference);

  await desk.choose("request");
  await desk.act("staff.acting.request.send");
  await expect(desk.summary).toBeFocused();
  await portal.inspect();
  await tabAndPress(page, desk.panel.locator("summary", { hasText: desk.t("staff.acting.places.fields") }));
  await desk.tick("ask-places", "plate");
  await desk.tick("ask-blocks", 0);
  await desk.type("ask-text", "Das Kennzeichen passt nicht zum Foto.");
  await desk.act("staff.acting.request.send");
  await expect(desk.panel).toContainText("Das Kennzeichen passt nicht zum Foto.");
  await portal.inspect();

  const applying = await reads(person, "tr", reference);
  await applying.link("applications.request.answer").click();
  await person.locator('main form [name="/plate"]').fill("HB-KL 77");
  await applying.button("applications.request.submit").click();
  await expect(person.locator("main")).toContainText(applying.t("applications.request.sent"));

  await desk.again();
  await desk.choose("granted");
  await desk.act("staff.acting.preview");
  await expect(desk.panel.getByRole("heading", { name: desk.t("staff.acting.letter") })).toBeVisible();
  await portal.inspect();
  await page.keyboard.press("Shift+Tab");
  await expect(desk.button("staff.acting.decide.submit.granted")).toBeFocused();
  await page.keyboard.press("Enter");
  await desk.expectPanel("staff.acting.leaving.granted");
  await portal.inspect();
  letDecisionLeave(reference);
  await desk.again();
  await desk.expectPanel("staff.acting.ended");

  const outcome = await reads(person, "tr", reference);
  await expect(person.locator("main")).toContainText(outcome.t("applications.timeline.granted"));
  await expect(person.locator("html")).toHaveAttribute("lang", "tr");
});

test("birth certificate: refused with four eyes; nobody approves the own proposal", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const person = await citizen(browser, baseURL);
  const reference = await submitted(person, BIRTH);
  const desk = new Deciding(page);
  await desk.begin("clerk-sta", reference);
  await desk.choose("refused");
  await desk.act("staff.acting.decide.submit.refused");
  await expect(desk.summary).toBeFocused();
  await desk.type("decide-text", "Der Eintrag liegt in einem anderen Standesamt.");
  await desk.act("staff.acting.decide.submit.refused");
  await desk.expectPanel("staff.acting.waiting.own");
  await expect(desk.button("staff.acting.approve")).toHaveCount(0);
  await portal.inspect();

  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  const second = new Deciding(await context.newPage());
  await second.begin("approver-hb", reference);
  await second.expectPanel("staff.acting.waiting.refused");
  await expect(second.panel).toContainText("Der Eintrag liegt in einem anderen Standesamt.");
  await tabAndPress(second.page, second.panel.locator("summary", { hasText: second.t("staff.acting.return") }));
  await second.type("return-text", "Bitte das zuständige Standesamt nennen.");
  await second.act("staff.acting.return.submit");
  await expect(second.panel).toContainText("Bitte das zuständige Standesamt nennen.");

  await desk.again();
  await expect(desk.panel).toContainText("Bitte das zuständige Standesamt nennen.");
  await desk.choose("refused");
  await desk.type("decide-text", "Der Eintrag liegt im Standesamt Bremerhaven.");
  await desk.act("staff.acting.decide.submit.refused");
  await desk.expectPanel("staff.acting.waiting.own");
  await second.again();
  await expect(second.panel).toContainText("Der Eintrag liegt im Standesamt Bremerhaven.");
  await second.act("staff.acting.approve");
  await second.expectPanel("staff.acting.leaving.refused");
  letDecisionLeave(reference);
  await context.close();

  const outcome = await reads(person, "en", reference);
  await expect(person.locator("main")).toContainText(outcome.t("applications.timeline.refused"));
});

test("trade: granted, taken back in time, granted again with a note of the office", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const person = await citizen(browser, baseURL);
  const reference = await submitted(person, TRADE);
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.choose("granted");
  await desk.act("staff.acting.decide.submit.granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  await desk.act("staff.acting.undo");
  await expect(page.locator('input[name="step"]').first()).toBeVisible();
  await portal.inspect();
  await desk.unfold("staff.acting.note");
  await desk.type("note-text", "Anruf am Vormittag, alles geklärt.");
  await desk.act("staff.acting.note.submit");
  await expect(page.locator("main")).toContainText("Anruf am Vormittag, alles geklärt.");
  await desk.again();
  await desk.choose("granted");
  await desk.act("staff.acting.decide.submit.granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  letDecisionLeave(reference);
  const outcome = await reads(person, "ar", reference);
  await expect(person.locator("main")).toContainText(outcome.t("applications.timeline.granted"));
});

test("registration of a home: granted; the outcome is read in Leichte Sprache", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const person = await citizen(browser, baseURL);
  const reference = await submitted(person, HOME);
  const desk = new Deciding(page);
  await desk.begin("clerk-hb", reference);
  await desk.choose("granted");
  await desk.act("staff.acting.decide.submit.granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  await portal.inspect();
  letDecisionLeave(reference);
  const outcome = await reads(person, "de-simple", reference);
  await expect(person.locator("main")).toContainText(outcome.t("applications.timeline.granted"));
  await expect(person.locator("html")).toHaveAttribute("data-variant", "simple");
});

test("certificate of registration: decided by the rules alone", async ({ page }) => {
  const reference = await submitted(page, REGISTERED);
  const outcome = await reads(page, "de-simple", reference);
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main")).toContainText(outcome.t("applications.timeline.granted"), { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
});
