import type { Page, Request } from "@playwright/test";
import { Others, type OtherHold, type Wish } from "../fixtures/api";
import { expectFocusKept } from "../fixtures/keyboard";
import { mailsTo, newestMail, newestSource } from "../fixtures/mails";
import { expect, test } from "../fixtures/test";
import { words } from "../fixtures/words";
import { Booking, visitor } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

const BOOK = /\/api\/v1\/appointments$/;

/** Every request for booking that the page sends. */
function bookings(page: Page): Request[] {
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && BOOK.test(request.url())) sent.push(request);
  });
  return sent;
}

/** The time behind the n-th choice. */
async function wishOf(page: Page, place = 0): Promise<Wish> {
  const [, office = "", starts_at = ""] = ((await page.getByRole("radio").nth(place).inputValue()) || "").split("|");
  return { office, starts_at, services: [{ service: "personalausweis", quantity: 1 }] };
}

/** The hold that this tab remembers. */
async function ownHold(page: Page): Promise<OtherHold> {
  const text = await page.evaluate(() => sessionStorage.getItem("amtsweg.booking"));
  return (JSON.parse(text ?? "{}") as { hold: OtherHold }).hold;
}

test("a double click and going back afterwards give one appointment", async ({ page, portal }) => {
  const booking = new Booking(page);
  const person = visitor();
  const sent = bookings(page);
  await booking.openTimes();
  await booking.takeTime();
  await booking.fillPerson(person);
  await booking.button("booking.check.submit").dblclick();
  await booking.expectPage("booking.done.unconfirmed.title");
  await newestSource(person.email);
  await page.goBack();
  await booking.expectPage("booking.done.unconfirmed.title");
  await expect(page).toHaveURL(/\/buchen\/fertig$/);
  await page.reload();
  await booking.expectPage("booking.done.unconfirmed.title");
  expect(sent).toHaveLength(1);
  expect(mailsTo(person.email)).toHaveLength(1);
  await portal.inspect();
});

test("reload and other languages keep what was typed and the time", async ({ page, portal }) => {
  const booking = new Booking(page);
  const person = visitor();
  await booking.openTimes();
  await booking.takeTime();
  await booking.typePerson(person);
  const hold = await ownHold(page);
  await page.reload();
  await booking.expectPerson(person);
  for (const language of ["tr", "de-simple", "ar", "de"] as const) {
    const link = page.getByRole("contentinfo").locator(`a[href="/${language}/buchen/daten"]`);
    await link.click();
    const there = new Booking(page, language);
    await there.expectPage("booking.data.title");
    await expect(there.heading).toBeFocused();
    await there.expectPerson(person);
    await expect(page).toHaveTitle(new RegExp(`^${there.t("booking.data.title").replace("?", "\\?")}`));
  }
  expect((await ownHold(page)).hold_id).toBe(hold.hold_id);
  await portal.inspect();
});

test("a copied tab with the same time books nothing twice", async ({ page, portal }) => {
  const booking = new Booking(page);
  const person = visitor();
  await booking.openTimes();
  await booking.takeTime();
  await booking.fillPerson(person);
  const [second] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate(() => void window.open(window.location.href)),
  ]);
  const copy = new Booking(second);
  await copy.expectPage("booking.check.title");
  await booking.bind();
  await copy.button("booking.check.submit").click();
  await expect(copy.heading).not.toHaveText(copy.t("common.busy"));
  const again = copy.page.getByRole("heading", { level: 1, name: copy.t("booking.done.unconfirmed.title") });
  const refused = copy.page.getByRole("group", { name: copy.t("common.error.summary") });
  await expect(again.or(refused)).toBeVisible();
  await expectFocusKept(second);
  await newestMail(person.email);
  expect(mailsTo(person.email)).toHaveLength(1);
  await portal.inspect();
});

test("no network while booking: plain words, nothing lost, one booking", async ({ page, portal }) => {
  const booking = new Booking(page);
  const person = visitor();
  const sent = bookings(page);
  await booking.openTimes();
  await booking.takeTime();
  await booking.fillPerson(person);
  portal.expectBrokenNetwork();
  await page.route(BOOK, (route) => route.abort("internetdisconnected"));
  await booking.button("booking.check.submit").click();
  const summary = page.getByRole("group", { name: booking.t("common.error.summary") });
  await expect(summary).toContainText(booking.t("booking.error.no_connection"), { timeout: 20_000 });
  await expect(summary).toBeFocused();
  await expect(page.locator("main")).toContainText(booking.t("common.network.offline"));
  await expect(page.locator("main")).toContainText(person.email);
  await portal.inspect();

  await page.unroute(BOOK);
  await page.route(
    BOOK,
    async (route) => {
      // The portal books, but its answer never arrives.
      await route.fetch();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await booking.bind();
  const keys = await Promise.all(sent.map((request) => request.headerValue("Idempotency-Key")));
  expect(keys.length).toBeGreaterThanOrEqual(3);
  expect(new Set(keys).size).toBe(1);
  await newestMail(person.email);
  expect(mailsTo(person.email)).toHaveLength(1);
});

test("no network while changing the language: plain words, and the words come when the line does", async ({
  page,
  context,
  portal,
}) => {
  const booking = new Booking(page);
  await booking.openTimes();
  await booking.takeTime();
  await booking.typePerson(visitor());
  const typed = await page.locator("#family-name").inputValue();
  portal.expectBrokenNetwork();
  // Some browsers keep a failed import for the life of the page: here all do.
  let loads = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  await page.route("**/assets/*.js", (route) => (loads > 0 ? route.continue() : route.abort("internetdisconnected")));
  await context.setOffline(true);
  await page.locator("#sprachen").getByRole("link", { name: "Türkçe" }).click();
  await expect(page.locator("main")).toContainText(booking.t("common.network.offline"));
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("#family-name")).toHaveValue(typed);
  await context.setOffline(false);
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
  await expect(page.locator("#family-name")).toHaveValue(typed);
  expect(loads, "loads of the page").toBe(1);
});

test("a time that was taken meanwhile: summary, focus and others nearby", async ({ page, portal, baseURL }) => {
  const booking = new Booking(page);
  const others = new Others(baseURL ?? "");
  await booking.openTimes();
  const wish = await wishOf(page);
  await others.takeAll(wish);
  await page.getByRole("radio").first().check();
  await booking.button("booking.time.continue").first().click();
  const summary = page.getByRole("group", { name: booking.t("common.error.summary") });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Fehler: /);
  await booking.expectPage("booking.time.title");
  const near = page.getByRole("group", { name: booking.t("booking.taken.near") });
  await expect(near.getByRole("radio").first()).toBeVisible();
  await portal.inspect();
  await summary.getByRole("link").click();
  await expect(near.getByRole("radio").first()).toBeFocused();
  for (const value of await page
    .getByRole("radio")
    .evaluateAll((all: HTMLInputElement[]) => all.map((one) => one.value)))
    expect(value).not.toContain(`${wish.office}|${wish.starts_at}`);
  await page.keyboard.press("Space");
  await booking.button("booking.time.continue").first().click();
  await booking.expectPage("booking.data.title");
  await others.releaseAll();
});

const MINUTE = 60_000;

test("the time runs out: asked before, extended by one action, and nothing typed is lost", async ({
  page,
  portal,
  baseURL,
}) => {
  const booking = new Booking(page);
  const { t } = booking;
  const others = new Others(baseURL ?? "");
  const person = visitor();
  await page.clock.install();
  await booking.openTimes();
  await booking.takeTime();
  await booking.typePerson(person);
  await booking.field("booking.field.email").focus();

  await page.clock.fastForward(13.5 * MINUTE);
  const soon = page.getByRole("dialog", { name: t("booking.hold.soon.title") });
  await expect(soon).toBeVisible();
  await expect(soon.getByRole("button", { name: t("booking.hold.extend") })).toBeFocused();
  await portal.inspect();
  await page.keyboard.press("Enter");
  await expect(soon).toBeHidden();
  await expect(booking.field("booking.field.email")).toBeFocused();
  await expect(page.locator("aside").filter({ hasText: t("booking.hold.title") })).toContainText("9");

  await page.clock.fastForward(16 * MINUTE);
  const over = page.getByRole("dialog", { name: t("booking.hold.over.title") });
  await expect(over).toBeVisible();
  await portal.inspect();
  await others.release(await ownHold(page));
  await over.getByRole("button", { name: t("booking.hold.over.continue") }).click();
  await expect(over).toBeHidden();
  await expectFocusKept(page);
  await booking.expectPerson(person);
  await booking.button("booking.data.submit").click();
  await booking.expectPage("booking.check.title");
  await booking.bind();
  await newestMail(person.email);
});

test("nothing free: how far was searched and every way on", async ({ page, portal }) => {
  const { t } = new Booking(page);
  await page.goto("/de/buchen/zeit?service=personalausweis:5&office=hb-mitte&weekday=7&part=afternoon");
  await expect(page.getByRole("heading", { name: t("booking.none.title") })).toBeVisible();
  const ways = page.getByRole("main");
  await expect(ways).toContainText("115");
  await expect(page.getByRole("heading", { name: t("booking.none.walk_in") })).toBeVisible();
  for (const id of ["booking.none.filters", "booking.none.offices", "booking.none.shorter"]) {
    await expect(page.getByRole("link", { name: t(id) })).toBeVisible();
  }
  await portal.inspect();
  await page.getByRole("link", { name: t("booking.none.filters") }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio").first()).toBeVisible();
  await expectFocusKept(page);
});

test("many holds from one place: a small proof of work by one button, then on", async ({ browser, baseURL }) => {
  const now = Date.now();
  const address = `198.18.${(now >> 8) & 255}.${now & 255}`;
  const others = new Others(baseURL ?? "", { "X-Forwarded-For": address });
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    extraHTTPHeaders: { "X-Forwarded-For": address },
  });
  const page = await context.newPage();
  const booking = new Booking(page);
  await booking.openTimes();
  const wanted = await wishOf(page);
  let held = 0;
  for (let place = 1; held < 5; place += 1) {
    const wish = await wishOf(page, place);
    if (wish.starts_at !== wanted.starts_at && (await others.hold(wish)) === 201) held += 1;
  }
  await page.getByRole("radio").first().check();
  await booking.button("booking.time.continue").first().click();
  await expect(page.getByRole("heading", { name: words("de")("booking.proof.title") })).toBeVisible();
  await expectFocusKept(page);
  await booking.button("booking.proof.start").click();
  await booking.expectPage("booking.data.title");
  await others.releaseAll();
  await context.close();
});
