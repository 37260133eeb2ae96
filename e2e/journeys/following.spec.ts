import type { Page } from "@playwright/test";
import { expectFocusKept } from "../fixtures/keyboard";
import { cancelAccount, chooseAccount, type Citizen, type Level } from "../fixtures/oidc/account";
import { asOffice } from "../fixtures/office";
import { expect, test } from "../fixtures/test";
import { answersOf, Applying, PICTURE } from "../pages/applying";

test.use({ viewport: { width: 390, height: 844 } });

const PERSONS: readonly { person: Citizen; level: Level; name: RegExp }[] = [
  { person: "thi-anh", level: "high", name: /Nguyễn/ },
  { person: "cagla", level: "high", name: /Çağla/ },
  { person: "mulyani", level: "substantial", name: /Mulyani/ },
  { person: "rim", level: "basic", name: /./ },
  { person: "jonne", level: "basic", name: /./ },
];

/** Sign in from one's own area. */
async function signIn(applying: Applying, person: Citizen, level: Level): Promise<void> {
  await applying.page.goto(`/${applying.language}/konto`);
  await applying.button("account.sign_in").click();
  await chooseAccount(applying.page, person, level);
  await expect(applying.heading).toHaveText(applying.t("account.area.title"));
}

/** A parking permit filled and sent; fast, since another journey proves the keyboard. */
async function sendPermit(applying: Applying, person: Citizen = "thi-anh"): Promise<string> {
  await applying.begin("bewohnerparkausweis", person, "substantial");
  await applying.fill(answersOf("bewohnerparkausweis", "new_own_car"));
  return applying.send();
}

for (const { person, level, name } of PERSONS) {
  test(`${person} signs in, sees only own data, and signs out`, async ({ page, portal }) => {
    const applying = new Applying(page);
    await signIn(applying, person, level);
    await expect(page.locator("main")).toContainText(name);
    await portal.inspect();
    await portal.visit("/de/konto/daten");
    await expect(applying.heading).toHaveText(applying.t("account.data.title"));
    await expect(page.locator("main")).toContainText(applying.t(`account.level.${level}`));
    await portal.visit("/de/konto/loeschen");
  });
}

test("a cancelled sign-in is a page like every other, and the way on leads back to the form", async ({
  page,
  portal,
}) => {
  const applying = new Applying(page);
  await page.goto("/de/antrag/geburtsurkunde");
  await applying.button("applications.start.sign_in").click();
  await cancelAccount(page);
  await expect(page).toHaveURL(/\/de\/anmelden\?grund=cancelled&/);
  await expect(page.locator("main")).toContainText(applying.t("account.reason.cancelled"));
  await portal.inspect();
  await applying.button("account.sign_in.again").click();
  await chooseAccount(page, "mulyani", "substantial");
  await expect(page).toHaveURL(/\/de\/antrag\/geburtsurkunde$/);
});

test("a fee is paid at the provider; only its own answer counts", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const applying = new Applying(page);
  await applying.begin("geburtsurkunde", "mulyani", "substantial");
  await applying.fill(answersOf("geburtsurkunde", "three_copies"));
  await expect(page.locator("main")).toContainText("31,00 €");
  await expectLockedAnswersStay(page, applying);
  await applying.send();
  await portal.inspect();
  await applying.button("applications.pay.online").click();
  await page.locator('button[value="cancel"]').click();
  await applying.expectPage("applications.paid.title.open");
  await portal.inspect();
  await applying.button("applications.pay.online").click();
  await page.locator('button[value="pay"]').click();
  await applying.expectPage("applications.paid.title.booked");
  await portal.inspect();
  await applying.link("applications.paid.back").click();
  await expect(page.locator("main")).toContainText(
    applying.t("applications.timeline.payment", { state: applying.t("applications.pay.state.booked") }),
  );
  await expect(applying.button("applications.pay.online")).toHaveCount(0);
});

/** On the check page what the account vouches for has no way to change it, but says where it comes from. */
async function expectLockedAnswersStay(page: Page, applying: Applying): Promise<void> {
  const locked = page.locator("dl > div").filter({ hasText: applying.t("applications.field.locked") });
  await expect(locked.first()).toBeVisible();
  await expect(locked.getByRole("link")).toHaveCount(0);
}

test("a draft goes on in another browser", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const applying = new Applying(page);
  await applying.begin("gewerbe", "cagla", "high");
  await page.locator("main .actions").first().getByRole("link").click();
  await expect(applying.heading).toBeFocused();
  await applying.fillPage(answersOf("gewerbe", "single_person"));
  const typed = await valuesOf(page);
  const address = new URL(page.url()).pathname;
  await applying.button("applications.page.later").click();
  await expect(page).toHaveURL(/[0-9a-f-]{36}$/);

  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  const second = new Applying(await context.newPage());
  await signIn(second, "cagla", "high");
  await second.page.locator(`main a[href="${address.slice(0, address.lastIndexOf("/"))}"]`).click();
  await expect(second.page.locator("main")).toContainText(second.t("applications.tasks.saved"));
  await second.page.goto(address);
  await expect(second.heading).toBeVisible();
  await expect.poll(() => valuesOf(second.page)).toEqual(typed);
  await context.close();
});

/** What stands in the fields of a page: names with values or marks. */
async function valuesOf(page: Page): Promise<[string, string][]> {
  return page
    .locator('main form [name^="/"]')
    .evaluateAll((all: HTMLInputElement[]) =>
      all.map((one): [string, string] => [
        `${one.name}=${one.type === "radio" ? one.value : ""}`,
        one.type === "radio" || one.type === "checkbox" ? String(one.checked) : one.value,
      ]),
    );
}

test("a helper with a power of attorney fills in, and only the person sends", async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const person = new Applying(page);
  await signIn(person, "thi-anh", "high");
  await page.goto("/de/konto/daten");
  const [day, month, year] = [31, 12, new Date().getFullYear() + 1];
  for (const [part, value] of Object.entries({ day, month, year }))
    await page.locator(`[name="power-until-${part}"]`).fill(String(value));
  await person.button("account.powers.grant").click();
  const code = await page.getByText(person.t("account.powers.code")).locator("xpath=following::bdi[1]").innerText();

  const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "de-DE" });
  const helper = new Applying(await context.newPage());
  await signIn(helper, "rim", "basic");
  await helper.page.goto("/de/konto/daten");
  await helper.page.locator("#power-code").fill(code);
  await helper.button("account.powers.accept").click();
  await expect(helper.page.locator("main")).toContainText(helper.t("account.powers.accepted"));
  await helper.page.goto("/de/antrag/bewohnerparkausweis");
  await helper.page.getByRole("radio", { name: /Nguyễn/ }).check();
  await helper.button("applications.start.begin").click();
  await helper.page.waitForURL(/[0-9a-f-]{36}$/);
  const draft = new URL(helper.page.url()).pathname;
  await helper.fill(answersOf("bewohnerparkausweis", "new_own_car"));
  await expect(helper.page.locator("main")).toContainText(helper.t("applications.check.hand_over"));
  await expect(helper.button("applications.check.submit")).toHaveCount(0);
  await context.close();

  await page.goto(`${draft}/pruefen`);
  await person.send();
});

test("undo within fifteen minutes, change, send again and hand over at once", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const applying = new Applying(page);
  const reference = await sendPermit(applying, "mulyani");
  await applying.button("applications.status.undo").click();
  await page.waitForURL(/[0-9a-f-]{36}$/);
  await expectFocusKept(page);
  await page.goto(`${page.url()}/pruefen`);
  expect(await applying.send()).toBe(reference);
  await applying.button("applications.status.send_now").click();
  await expect(page.locator("main")).toContainText(applying.t("applications.timeline.received"));
  await expectFocusKept(page);
  await expect(applying.button("applications.status.undo")).toHaveCount(0);
  await portal.inspect();
});

test("the office asks: exactly these fields and files are open, and the answer arrives", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const applying = new Applying(page);
  const reference = await sendPermit(applying);
  asOffice("receive", reference);
  asOffice("review", reference);
  asOffice("request", reference, "Das Kennzeichen ist nicht lesbar.", "--field", "plate", "--file", "file_vehicle");
  await page.reload();
  await expect(page.locator("main")).toContainText("Das Kennzeichen ist nicht lesbar.");
  await portal.inspect();
  await applying.button("applications.request.extend").click();
  await expect(page.getByRole("status").first()).not.toBeEmpty();
  await applying.link("applications.request.answer").click();
  await applying.expectPage("applications.request.page.title");
  const open = await page
    .locator('main form [name^="/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute("name")));
  expect(new Set(open)).toEqual(new Set(["/plate", "/file_vehicle"]));
  await page.locator('main form [name="/plate"]').fill("nonsense!");
  await applying.button("applications.request.submit").click();
  await expect(applying.summary).toBeFocused();
  await portal.inspect();
  await page.locator('main form [name="/plate"]').fill("HB-KL 77");
  await page
    .locator('main form [name="/file_vehicle"]')
    .setInputFiles({ name: "neu.png", mimeType: "image/png", buffer: PICTURE });
  await expect(page.getByText(applying.t("applications.file.clean"), { exact: true })).toBeVisible({ timeout: 30_000 });
  await applying.button("applications.request.submit").click();
  await expect(page.locator("main")).toContainText(applying.t("applications.request.sent"));
  await expectFocusKept(page);
  await portal.inspect();
});

test("messages both ways, a decision with its letter, and the answers that were sent", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const applying = new Applying(page);
  const reference = await sendPermit(applying);
  asOffice("receive", reference);
  asOffice("message", reference, "Wir melden uns bald.");
  await page.reload();
  await expect(page.locator("main")).toContainText("Wir melden uns bald.");
  await applying.button("applications.status.write.submit").click();
  await expect(page.getByLabel(applying.t("applications.status.write"))).toBeFocused();
  await page.getByLabel(applying.t("applications.status.write")).fill("Danke!\nIch warte.");
  await page.locator("#message-files").setInputFiles({ name: "foto.png", mimeType: "image/png", buffer: PICTURE });
  await expect(page.getByText(applying.t("applications.file.clean"), { exact: true })).toBeVisible({ timeout: 30_000 });
  await applying.button("applications.status.write.submit").click();
  await expect(page.getByRole("article").filter({ hasText: "Ich warte." })).toContainText("foto.png");
  asOffice("review", reference);
  asOffice("decide", reference, "granted");
  await page.reload();
  await expect(page.locator("main")).toContainText(applying.t("applications.timeline.granted"));
  const letter = page.waitForEvent("download");
  await page.getByRole("link", { name: /PDF/ }).last().click();
  expect((await letter).suggestedFilename()).toMatch(/\.pdf$/);
  await page.locator("summary", { hasText: applying.t("applications.status.answers.show") }).click();
  await portal.inspect();
});

test("withdraw after reading what it means", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const applying = new Applying(page);
  const reference = await sendPermit(applying);
  await applying.link("applications.status.withdraw").click();
  await expect(applying.heading).toHaveText(applying.t("applications.status.withdraw"));
  await portal.inspect();
  await applying.button("applications.withdraw.submit").click();
  await expect(page).toHaveURL(new RegExp(`/antraege/${reference}$`));
  await expect(page.locator("main")).toContainText(applying.t("applications.withdraw.done"));
  await expectFocusKept(page);
  await portal.inspect();
});

test("number and code show the status without signing in; the receipt's code proves it genuine", async ({
  page,
  portal,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const applying = new Applying(page, "en");
  const reference = await sendPermit(applying);
  const code = await applying.code();
  const receipt = page.waitForEvent("download");
  await applying.link("applications.status.receipt").click();
  expect((await receipt).suggestedFilename()).toMatch(/\.pdf$/);
  await applying.link("applications.status.receipt.page").click();
  const shown = page.getByRole("main");
  await expect(shown.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(shown.getByRole("img", { name: "QR" })).toBeVisible();
  const german = shown.locator("section[lang=de]");
  await expect(german.getByRole("heading", { name: "Deutsche Fassung" })).toBeVisible();
  await expect(german).toContainText(reference);
  const printed = await shown.locator("#verify ~ p strong").innerText();
  await portal.inspect();
  expect(printed).toMatch(/^[0-9A-Z]{3}(-[0-9A-Z]{1,3})+$/);

  const context = await browser.newContext({ baseURL: baseURL ?? "" });
  const stranger = new Applying(await context.newPage(), "en");
  await stranger.page.goto("/en/antrag-status");
  await stranger.button("applications.code.submit").click();
  await expect(stranger.summary).toBeFocused();
  await stranger.page.getByLabel(stranger.t("applications.status.code.number")).fill(reference.toLowerCase());
  await stranger.page.getByLabel(stranger.t("applications.status.code.code"), { exact: true }).fill(code);
  await stranger.button("applications.code.submit").click();
  await expect(stranger.page.locator("main")).toContainText(stranger.t("applications.timeline.submitted"));
  await expect(stranger.page.locator("main")).not.toContainText("Nguyễn");

  await stranger.page.goto("/en/echtheit");
  await stranger.page.getByLabel(stranger.t("applications.verify.code")).fill(printed);
  await stranger.button("applications.verify.submit").click();
  await expect(stranger.page.getByRole("heading", { name: stranger.t("applications.verify.yes") })).toBeFocused();
  await stranger.page.getByLabel(stranger.t("applications.verify.code")).fill(printed.split("").reverse().join(""));
  await stranger.button("applications.verify.submit").click();
  await expect(stranger.page.getByRole("heading", { name: stranger.t("applications.verify.no") })).toBeFocused();
  await context.close();
  await portal.visit("/en/echtheit");
  await portal.visit("/en/antrag-status");
});
