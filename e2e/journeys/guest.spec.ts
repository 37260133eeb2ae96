import type { Browser } from "@playwright/test";
import { expectFocusKept } from "../fixtures/keyboard";
import { linkIn, mailsTo, newestMail, textOf } from "../fixtures/mails";
import { asOffice } from "../fixtures/office";
import { expect, test } from "../fixtures/test";
import { answersOf, Applying } from "../pages/applying";
import { visitor } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

const SERVICE = "bewohnerparkausweis";
const ANSWERS = answersOf(SERVICE, "new_own_car");

/** Another browser of the same person: no cookies, no storage. */
async function elsewhere(browser: Browser, baseURL: string | undefined): Promise<Applying> {
  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  return new Applying(await context.newPage());
}

/** Open the link of the newest mail; nothing happens before its button is pressed. */
async function openLink(applying: Applying, email: string, count: number): Promise<void> {
  await applying.page.goto(linkIn(await newestMail(email, count), "/antrag/weiter#s="));
  await applying.expectPage("applications.resume.open.title");
  await applying.button("applications.resume.open").click();
}

test("without an account: begin, go on elsewhere by a mailed link, send, answer the office, follow by code", async ({
  page,
  browser,
  baseURL,
  portal,
}) => {
  test.setTimeout(240_000);
  const { email } = visitor();
  const first = new Applying(page);
  await first.beginWithoutAccount(SERVICE);
  await page.locator("main .actions").first().getByRole("link").click();
  await expect(first.heading).toBeFocused();
  await first.fillPage(ANSWERS);
  await first.button("applications.page.later").click();
  await page.getByLabel(first.t("applications.resume.email")).fill("nobody");
  await first.button("applications.resume.send").click();
  await expect(page.getByLabel(first.t("applications.resume.email"))).toBeFocused();
  await portal.inspect();
  await page.getByLabel(first.t("applications.resume.email")).fill(email);
  await first.button("applications.resume.send").click();
  await expect(page.locator("form").getByText(first.t("applications.resume.sent"))).toBeVisible();
  await portal.inspect();

  const second = await elsewhere(browser, baseURL);
  await openLink(second, email, 1);
  await second.page.waitForURL(/[0-9a-f-]{36}$/);
  await expectFocusKept(second.page);
  await expect(second.page.locator("main")).toContainText(second.t("applications.tasks.saved"));
  await second.fill(ANSWERS);
  await expect(second.page.locator("main")).toContainText(email);
  await expect(second.page.getByLabel(second.t("applications.check.delivery"))).toHaveCount(0);
  const reference = await second.send();
  const code = await second.code();
  const receipt = await newestMail(email, 2);
  expect(receipt).toContain(reference);
  expect(receipt).toContain(code);

  // The link that was used opens nothing again, but a fresh one comes at once.
  await page.goto(linkIn(textOf(mailsTo(email)[0] ?? ""), "/antrag/weiter#s="));
  await first.button("applications.resume.open").click();
  await expect(page.locator("main")).toContainText(first.t("applications.resume.gone"));
  await portal.inspect();
  expect(linkIn(await newestMail(email, 3), "/antrag/weiter#s=")).not.toBe("");

  asOffice("receive", reference);
  asOffice("review", reference);
  asOffice("request", reference, "Das Kennzeichen ist nicht lesbar.", "--field", "plate");
  const third = await elsewhere(browser, baseURL);
  await openLink(third, email, 4);
  await third.page.waitForURL(new RegExp(`/antraege/${reference}$`));
  await expect(third.page.locator("main")).toContainText("Das Kennzeichen ist nicht lesbar.");
  await third.link("applications.request.answer").click();
  await third.page.locator('main form [name="/plate"]').fill("HB-KL 77");
  await third.button("applications.request.submit").click();
  await expect(third.page.locator("main")).toContainText(third.t("applications.request.sent"));

  const stranger = await elsewhere(browser, baseURL);
  await stranger.page.goto("/de/antrag-status");
  await stranger.page.getByLabel(stranger.t("applications.status.code.number")).fill(reference);
  await stranger.page.getByLabel(stranger.t("applications.status.code.code"), { exact: true }).fill(code);
  await stranger.button("applications.code.submit").click();
  await expect(stranger.page.locator("main")).toContainText(stranger.t("applications.timeline.request_answered"));
  await stranger.button("applications.code.open.link").click();
  await expect(stranger.page.locator("main").getByText(stranger.t("applications.resume.sent"))).toBeVisible();
  await openLink(stranger, email, 5);
  await stranger.page.waitForURL(new RegExp(`/antraege/${reference}$`));
  await expect(stranger.heading).toBeVisible();
});

test("whoever gave no address is told so before sending, and a session that is over says how to come back", async ({
  page,
  context,
  portal,
}) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  await applying.beginWithoutAccount(SERVICE);
  const draft = page.url();
  await applying.fill(ANSWERS);
  await expect(page.locator("main")).toContainText(applying.t("applications.check.reach.none"));
  await portal.inspect();
  const { email } = visitor();
  await page.getByLabel(applying.t("applications.resume.email")).fill(email);
  await applying.button("applications.resume.send").click();
  await expect(page.locator("main")).toContainText(applying.t("applications.check.reach.email", { email }));
  await expectFocusKept(page);
  await portal.inspect();
  await context.clearCookies();
  await page.goto(draft);
  await expect(page.locator("main")).toContainText(applying.t("applications.resume.over"));
  await portal.inspect();
});
