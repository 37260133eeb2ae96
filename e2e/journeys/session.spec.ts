import type { Page } from "@playwright/test";
import { expectFocusKept } from "../fixtures/keyboard";
import { chooseAccount } from "../fixtures/oidc/account";
import { expect, test } from "../fixtures/test";
import { answersOf, Applying } from "../pages/applying";

const MINUTE = 60_000;
const SESSION = "**/api/v1/auth/citizen/session";

/** On the page for the number plate, signed in, with everything before it answered. */
async function onPlatePage(applying: Applying): Promise<void> {
  await applying.begin("bewohnerparkausweis", "rim", "basic");
  await applying.page.locator("main .actions").first().getByRole("link").click();
  const answers = answersOf("bewohnerparkausweis", "new_own_car");
  for (;;) {
    await expect(applying.heading).toBeFocused();
    if ((await plate(applying.page).count()) > 0) return;
    const before = applying.page.url();
    await applying.fillPage(answers);
    await applying.button("applications.page.save").click();
    await expect(applying.page).not.toHaveURL(before);
  }
}

const plate = (page: Page) => page.locator('main form [name="/plate"]');

test("drafts are deleted after asking", async ({ page, portal }) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  const { t } = applying;
  await page.goto("/de/konto");
  await applying.button("account.sign_in").click();
  await chooseAccount(page, "rim", "basic");
  await page.goto("/de/antrag/gewerbe");
  await applying.button("applications.start.begin").click();
  await page.waitForURL(/[0-9a-f-]{36}$/);
  await page.goto("/de/konto");
  const remove = page.getByRole("button", { name: new RegExp(`^${t("account.drafts.delete")}: `) });
  await expect(remove.first()).toBeVisible();
  for (let left = await remove.count(); left > 0; left -= 1) {
    await remove.first().click();
    const dialog = page.getByRole("dialog", { name: t("account.drafts.delete.title") });
    if (left === 1) await portal.inspect();
    await dialog.getByRole("button", { name: t("account.drafts.delete"), exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(remove).toHaveCount(left - 1);
    await expectFocusKept(page);
  }
  await expect(page.locator("main")).toContainText(t("account.drafts.none"));
});

test("before the session ends it is asked, and one press gives more time", async ({ page, portal }) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  const { t } = applying;
  await onPlatePage(applying);
  await plate(page).fill("HB-AB 12");
  const soon = new Date(Date.now() + 4 * MINUTE).toISOString();
  await page.route(SESSION, async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({ response: answer, json: { ...session, expires_at: soon } });
  });
  await page.reload();
  const dialog = page.getByRole("dialog", { name: t("account.session.soon.title") });
  await expect(dialog).toBeVisible();
  await expect(dialog).toHaveAccessibleDescription(/\d/);
  await expect(dialog.getByRole("button", { name: t("account.session.extend") })).toBeFocused();
  await portal.inspect();
  await page.unroute(SESSION);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(plate(page)).toHaveValue("HB-AB 12");
  await expect(page.getByRole("status").first()).toHaveText(/\d\d:\d\d/);
});

test("a lost session loses nothing: sign in again and go on where one was", async ({ page, context, portal }) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  await onPlatePage(applying);
  await plate(page).fill("HB-XY 9");
  const here = page.url();
  await context.clearCookies({ name: "__Host-amtsweg" });
  await applying.button("applications.page.save").click();
  await expect(applying.summary).toContainText(applying.t("account.error.unauthenticated"));
  await expectFocusKept(page);
  await portal.inspect();
  await applying.summary.getByRole("button", { name: applying.t("account.sign_in") }).click();
  // The account provider still knows the person and leads straight back.
  await expect(page).toHaveURL(here);
  await expect(plate(page)).toHaveValue("HB-XY 9");
  await expect(page.locator("main")).toContainText(applying.t("applications.page.restored"));
  await applying.button("applications.page.save").click();
  await expect(page).not.toHaveURL(here);
});

test("two tabs never overwrite each other silently", async ({ page, context, portal }) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  const { t } = applying;
  await onPlatePage(applying);
  const second = await context.newPage();
  await second.goto(page.url());
  await plate(second).fill("HB-ZZ 22");
  await second.getByRole("button", { name: t("applications.page.later") }).click();
  await expect(second).toHaveURL(/[0-9a-f-]{36}$/);

  await plate(page).fill("HB-AA 11");
  await applying.button("applications.page.save").click();
  await expect(applying.summary).toContainText(t("applications.conflict.title"));
  await expect(applying.summary).toBeFocused();
  await expect(applying.summary).toContainText("HB-AA 11");
  await expect(applying.summary).toContainText(/HB-ZZ 22/);
  await portal.inspect();
  await applying.button("applications.conflict.theirs").click();
  await expect(plate(page)).toHaveValue(/HB-ZZ 22/);
  await expect(applying.summary).toHaveCount(0);
  await expectFocusKept(page);
  await plate(page).fill("HB-BB 33");
  const here = page.url();
  await applying.button("applications.page.save").click();
  await expect(page).not.toHaveURL(here);
});

test("signing out ends the session here and forgets what was typed", async ({ page }) => {
  const applying = new Applying(page);
  await onPlatePage(applying);
  await plate(page).fill("HB-QQ 5");
  await applying.button("account.sign_out").click();
  await page.waitForURL(/^http:\/\/127/);
  await page.locator('button[value="yes"]').click();
  await page.waitForURL(/^http:\/\/localhost/);
  const kept = await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("amtsweg.typed")));
  expect(kept).toEqual([]);
  await page.goto("/de/konto");
  await expect(applying.button("account.sign_in")).toBeVisible();
});
