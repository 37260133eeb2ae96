import { expectFocusKept, tabAndPress } from "../fixtures/keyboard";
import { submitted, type Sending } from "../fixtures/submitted";
import { expect, test, type Elsewhere } from "../fixtures/test";
import { pattern, words, type Language } from "../fixtures/words";
import { Deciding } from "../pages/deciding";
import { Following } from "../pages/following";

/** Each service, sent by the person who may, in the language that the outcome is read in. */
const PARKING = {
  service: "bewohnerparkausweis",
  example: "new_own_car",
  person: "mulyani",
  level: "substantial",
  language: "tr",
} as const;
const BIRTH = {
  service: "geburtsurkunde",
  example: "for_pension",
  person: "mulyani",
  level: "substantial",
  language: "en",
} as const;
const TRADE = { service: "gewerbe", example: "single_person", person: "rim", level: "basic", language: "ar" } as const;
const HOME = {
  service: "wohnsitz-anmelden",
  example: "whole_family",
  person: "thi-anh",
  level: "high",
  language: "de-simple",
} as const;
const REGISTERED = {
  service: "meldebescheinigung",
  example: "simple_at_once",
  person: "thi-anh",
  level: "high",
  language: "de-simple",
} as const;

const PARKING_FEE = 7_500;
const DAY = /\d{1,2}\. \p{L}+ \d{4}/u;

/** The person who sent it, in a browser of her own. */
async function sender(
  elsewhere: () => Promise<Elsewhere>,
  sending: Sending & { language: Language },
): Promise<Elsewhere & { citizen: Following }> {
  const there = await elsewhere();
  const reference = await submitted(there.page, sending);
  return { ...there, citizen: new Following(there.page, sending.language, reference) };
}

test("parking permit: asked for more, answered, granted; the letter is read in Turkish", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const { citizen, portal: theirs } = await sender(elsewhere, PARKING);
  const { reference, t, paper } = citizen;
  const opened = pattern(t, "applications.letter.opened", "date");
  const desk = new Deciding(page);
  await desk.beginAtList("clerk-asv", reference);

  await desk.choose("request");
  await desk.act("staff.acting.request.send");
  await expect(desk.summary).toBeFocused();
  await portal.inspect();
  await desk.ask(["plate"], "Das Kennzeichen passt nicht zum Foto.");
  await portal.inspect();
  await citizen.open();
  await citizen.answerRequest("/plate", "HB-KL 77");

  await desk.again();
  await desk.choose("granted");
  const letter = await desk.preview();
  await expect(letter).toContainText(paper("paper.letter.short.granted"));
  await portal.inspect();
  await page.keyboard.press("Shift+Tab");
  await expect(desk.button("staff.acting.decide.submit.granted")).toBeFocused();
  await page.keyboard.press("Enter");
  await desk.expectPanel("staff.acting.leaving.granted");
  await expectFocusKept(page);
  await portal.inspect();
  await desk.letLeave(reference);
  await expect(desk.letterFact("staff.case.letters.retrieved")).toContainText(desk.t("staff.case.letters.not_yet"));

  await citizen.open();
  await expect(citizen.main).toContainText(t("applications.timeline.granted"));
  await expect(citizen.letters).toContainText(t("applications.letter.outcome.granted"));
  await expect(citizen.letters.getByText(pattern(t, "applications.letter.provided", "date"))).toBeVisible();
  await expect(citizen.letters.getByText(opened)).toHaveCount(0);
  await theirs.inspect();
  const text = await citizen.letter();
  expect(text).toContain(paper("paper.letter.short.granted"));
  expect(text).toContain(paper("paper.letter.fee", { fee: citizen.euro(PARKING_FEE) }));
  expect(text).toContain(words("de", "backend")("paper.letter.granted"));
  expect(text).not.toContain(paper("paper.letter.legal"));
  expect(text).not.toContain(paper("paper.letter.remedy"));
  await citizen.open();
  await expect(citizen.letters.getByText(opened)).toBeVisible();
  await desk.again();
  await expect(desk.letterFact("staff.case.letters.retrieved")).not.toContainText(desk.t("staff.case.letters.not_yet"));
});

test("birth certificate: refused with four eyes; nobody approves the own proposal", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const { citizen } = await sender(elsewhere, BIRTH);
  const { reference, t, paper } = citizen;
  const desk = new Deciding(page);
  await desk.beginAtList("clerk-sta", reference);
  await desk.decide("refused");
  await expect(desk.summary).toBeFocused();
  await desk.decide("refused", "Der Eintrag liegt in einem anderen Standesamt.");
  await desk.expectPanel("staff.acting.waiting.own");
  await expect(desk.button("staff.acting.approve")).toHaveCount(0);
  await portal.inspect();

  const other = await elsewhere();
  const second = new Deciding(other.page);
  await second.beginAtList("approver-hb", reference);
  await second.expectPanel("staff.acting.waiting.refused");
  await expect(second.panel).toContainText("Der Eintrag liegt in einem anderen Standesamt.");
  await second.giveBack("Bitte das zuständige Standesamt nennen.");

  await desk.again();
  await expect(desk.panel).toContainText("Bitte das zuständige Standesamt nennen.");
  await desk.decide("refused", "Der Eintrag liegt im Standesamt Bremerhaven.");
  await desk.expectPanel("staff.acting.waiting.own");
  await second.again();
  await expect(second.panel).toContainText("Der Eintrag liegt im Standesamt Bremerhaven.");
  await other.portal.inspect();
  await second.act("staff.acting.approve");
  await second.expectPanel("staff.acting.leaving.refused");
  await second.letLeave(reference);

  await citizen.open();
  await expect(citizen.main).toContainText(t("applications.timeline.refused"));
  const text = await citizen.letter();
  expect(text).toContain(paper("paper.letter.short.refused"));
  expect(text).toContain("Der Eintrag liegt im Standesamt Bremerhaven.");
  expect(text).not.toContain("Der Eintrag liegt in einem anderen Standesamt.");
  expect(text, "no rule is known, so the office tells it").toContain(paper("paper.letter.remedy.unknown"));
  expect(text).not.toContain(paper("paper.letter.legal"));
});

test("trade: granted, taken back in time, granted again with a note of the office", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const { citizen } = await sender(elsewhere, TRADE);
  const { reference, t } = citizen;
  const desk = new Deciding(page);
  await desk.beginAtList("clerk-hb", reference);
  await desk.decide("granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  await desk.act("staff.acting.undo");
  await expect(page.locator('input[name="step"]').first()).toBeVisible();
  await portal.inspect();
  await desk.unfold("staff.acting.note");
  await desk.type("note-text", "Anruf am Vormittag, alles geklärt.");
  await desk.act("staff.acting.note.submit");
  await expect(page.locator("main")).toContainText("Anruf am Vormittag, alles geklärt.");
  await desk.again();
  await desk.decide("granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  await desk.letLeave(reference);
  await citizen.open();
  await expect(citizen.main).toContainText(t("applications.timeline.granted"));
  const text = await citizen.letter();
  expect(text, "read from right to left").toContain(".entsprochen wird Antrag Ihrem");
  expect(text).not.toContain("Vormittag");
});

test("registration of a home: refused; letter, last day and calendar in Leichte Sprache", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const { citizen, page: there, portal: theirs } = await sender(elsewhere, HOME);
  const { reference, t, paper } = citizen;
  const desk = new Deciding(page);
  await desk.beginAtList("clerk-hb", reference);
  await desk.decide("refused", "Die Wohnung gibt es nicht.");
  await desk.expectPanel("staff.acting.leaving.refused");
  await portal.inspect();
  await desk.letLeave(reference);

  await citizen.open();
  await expect(there.locator("html")).toHaveAttribute("data-variant", "simple");
  await expect(citizen.main).toContainText(t("applications.timeline.refused"));
  await expect(citizen.letters).toContainText(t("applications.letter.outcome.refused"));
  await theirs.inspect();
  const text = await citizen.letter();
  expect(text).toContain(paper("paper.letter.short.refused"));
  expect(text).toContain(paper("paper.letter.german_only"));
  expect(text).toContain("Die Wohnung gibt es nicht.");
  const [told = ""] = DAY.exec(text.slice(text.indexOf(paper("paper.letter.remedy.last_day", { date: "" })))) ?? [];
  expect(told).not.toBe("");
  expect(text).toContain(words("de", "backend")("paper.letter.refused"));
  expect(text).toContain(paper("paper.letter.legal"));
  expect(text).toContain("innerhalb eines Monats nach Bekanntgabe Widerspruch erheben");
  await expect(citizen.letters).toContainText(told);
  const file = there.waitForEvent("download");
  await tabAndPress(there, citizen.link("applications.letter.calendar"));
  expect((await file).suggestedFilename()).toMatch(/\.ics$/);
});

test("certificate of registration: decided by the rules alone, and a person can be asked for", async ({
  page,
  portal,
}) => {
  const citizen = new Following(page, REGISTERED.language, await submitted(page, REGISTERED));
  const { t, paper } = citizen;
  await expect(async () => {
    await citizen.open();
    await expect(citizen.letters).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(citizen.main).toContainText(t("applications.timeline.granted"));
  await portal.inspect();
  const text = await citizen.letter();
  expect(text).toContain(paper("paper.letter.automatic"));
  await tabAndPress(page, citizen.button("applications.person.action"));
  await expect(page.getByRole("status").first()).toContainText(t("applications.person.asked"));
  await expectFocusKept(page);
  await expect(citizen.button("applications.person.action")).toHaveCount(0);
});
