import type { Locator, Page } from "@playwright/test";
import { expectFocusKept } from "../fixtures/keyboard";
import { mailsWith } from "../fixtures/mails";
import { chooseWorker } from "../fixtures/oidc/account";
import { idleUntil, letDecisionLeave } from "../fixtures/office";
import { textOfPdf } from "../fixtures/pdf";
import { signedIn, submitted, type Sending } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import { words } from "../fixtures/words";
import { Deciding } from "../pages/deciding";
import { Following } from "../pages/following";

test.describe.configure({ mode: "serial", timeout: 120_000 });

/** Nobody else's cases lie with the office of Bremerhaven. */
const CERTIFICATE: Sending = {
  service: "meldebescheinigung",
  example: "a_person_decides",
  person: "cagla",
  level: "high",
};
const CLERK = { key: "clerk-bhv", givenName: "Daryna", name: "Daryna Kovalčuk" } as const;

/** How many seconds before the end of a session somebody is asked. */
const WARNED = 5 * 60;

let inPostbox = "";
let onPaper = "";

const row = (page: Page, reference: string): Locator => page.locator("tbody tr").filter({ hasText: reference });

test("somebody applies twice, once without the postbox", async ({ page }) => {
  inPostbox = await submitted(page, CERTIFICATE);
  onPaper = await submitted(page, { ...CERTIFICATE, electronic: false });
});

test("before the session ends somebody is asked; what was typed outlives its end", async ({ page, portal }) => {
  const desk = new Deciding(page);
  const t = words("de");
  await desk.begin(CLERK.key, inPostbox);
  idleUntil(CLERK.givenName, WARNED + 30);
  await desk.again();
  await desk.unfold("staff.acting.note");
  await desk.type("note-text", "Halb geschrieben");
  const dialog = page.getByRole("dialog", { name: t("account.session.soon.title") });
  await expect(dialog.getByRole("button", { name: t("account.session.extend") })).toBeFocused({
    timeout: 45_000,
  });
  await portal.inspect();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("#note-text")).toBeFocused();

  idleUntil(CLERK.givenName, 20);
  await page.reload();
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(/\/amt\/anmelden\?grund=over$/, { timeout: 40_000 });
  await expect(page.locator("main")).toContainText(desk.t("staff.reason.over"));
  await expect(page.locator("main")).not.toContainText(inPostbox);
  await portal.inspect();
  await desk.pressOn(desk.button("staff.sign_in.again"));
  await chooseWorker(page, CLERK.key);
  await expect(page).toHaveURL(new RegExp(`/amt/vorgang/${inPostbox}$`));
  await expect(page.locator("#note-text")).toHaveValue("Halb geschrieben");
});

test("the next case is pulled, decided, and the next after it, until none is left", async ({ page, portal }) => {
  const desk = new Deciding(page);
  await desk.signIn(CLERK.key);
  const taken: string[] = [];
  const none = desk.panel.getByText(desk.t("staff.acting.error.nothing_to_take"));
  const here = (): string => /^\/amt\/vorgang\/([0-9A-Z-]{11})$/.exec(new URL(page.url()).pathname)?.[1] ?? "";
  await desk.pressOn(desk.button("staff.list.take_next"));
  await expect.poll(here).not.toBe("");
  while (!(await none.isVisible())) {
    taken.push(here());
    await expect(desk.heading).toBeFocused();
    await expect(page.locator("main")).toContainText(CLERK.name);
    await desk.jump();
    await desk.decide("granted");
    await desk.expectPanel("staff.acting.leaving.granted");
    await desk.act("staff.acting.next");
    await expect.poll(async () => here() !== taken.at(-1) || (await none.isVisible())).toBe(true);
  }
  await portal.inspect();
  expect(taken).toEqual(expect.arrayContaining([inPostbox, onPaper]));
});

test("a letter for the post waits until somebody marks it as printed", async ({ page, portal, elsewhere }) => {
  const desk = new Deciding(page);
  const { t } = desk;
  letDecisionLeave(onPaper);
  await desk.signIn(CLERK.key, "/amt/briefe");
  await expect(desk.heading).toHaveText(t("staff.nav.letters"));
  await expect(row(page, onPaper)).toHaveCount(1);
  await portal.inspect();
  const file = page.waitForEvent("download");
  await desk.pressOn(page.getByRole("link", { name: t("staff.letters.open", { reference: onPaper }) }));
  const german = words("de", "backend");
  expect(textOfPdf(await (await file).path())).toContain(german("paper.letter.short.granted"));
  await desk.pressOn(page.getByRole("button", { name: t("staff.letters.mark_named", { reference: onPaper }) }));
  await expect(page.getByRole("status").first()).toContainText(t("staff.letters.marked", { reference: onPaper }));
  await expect(row(page, onPaper)).toHaveCount(0);
  await expect(desk.heading).toBeFocused();
  await desk.pressOn(page.getByRole("link", { name: t("staff.letters.all") }));
  await expect(row(page, onPaper)).toContainText(t("staff.letters.printed", { date: "" }).trim());
  await portal.inspect();

  const { page: there, portal: theirs } = await elsewhere();
  await signedIn(there, "cagla", "high");
  const citizen = new Following(there, "de", onPaper);
  await citizen.open();
  await expect(citizen.letters).toContainText(citizen.t("applications.letter.post"));
  await theirs.inspect();
});

test("whoever trains sees invented cases only, and nothing of it leaves", async ({ page, portal, elsewhere }) => {
  const desk = new Deciding(page);
  const { t } = desk;
  const banner = page.getByText(t("staff.training.banner"));
  await desk.signIn(CLERK.key, "/amt/einstellungen");
  await desk.pressOn(desk.button("staff.training.start"));
  await expect(banner).toBeVisible();
  await expectFocusKept(page);
  await portal.inspect();
  await page.goto("/amt/briefe?alle=1");
  await portal.settled();
  await expect(row(page, onPaper), "letters of real people").toHaveCount(0);

  await page.goto("/amt");
  // A letter that is read from right to left is hard to read for the test.
  const trades = page.locator("tbody tr", { hasText: "Gewerbe", hasNotText: t("staff.language.ar") });
  const invented = trades.getByRole("link").first();
  const reference = await invented.innerText();
  await desk.openFromList(reference);
  await expect(banner).toBeVisible();
  await desk.jump();
  await expect(desk.more).not.toContainText(t("staff.acting.hand_over"));
  await expect(desk.more).not.toContainText(t("staff.acting.opinion"));
  await desk.decide("granted");
  await desk.expectPanel("staff.acting.leaving.granted");
  await desk.letLeave(reference);
  const file = page.waitForEvent("download");
  await page.goto("/amt/briefe");
  await desk.pressOn(page.getByRole("link", { name: t("staff.letters.open", { reference }) }));
  expect(textOfPdf(await (await file).path())).toContain(words("de", "backend")("paper.letter.draft"));

  const { page: there } = await elsewhere();
  const colleague = new Deciding(there);
  await colleague.signIn("lead-hb", `/amt/vorgang/${reference}`);
  await expect(colleague.heading).toHaveText(t("staff.case.missing.title"));

  await page.goto("/amt/einstellungen");
  await desk.pressOn(desk.button("staff.training.stop"));
  await expect(banner).toHaveCount(0);
  await page.goto(`/amt/vorgang/${reference}`);
  await expect(desk.heading).toHaveText(t("staff.case.missing.title"));
  await page.goto("/amt/briefe?alle=1");
  await expect(row(page, onPaper)).toHaveCount(1);
  await expect(row(page, reference)).toHaveCount(0);
  expect(mailsWith(reference)).toEqual([]);
  expect(mailsWith(onPaper), "mails name what they are about").not.toEqual([]);
});
