import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectFocusKept, tabAndPress, tabTo } from "../fixtures/keyboard";
import { calendarIn, headerOf, linkIn, newestSource, readCalendar, textOf } from "../fixtures/mails";
import { expect, test } from "../fixtures/test";
import { Booking, visitor } from "../pages/booking";

/** The whole way in Arabic, on a small phone's screen, with Tab, arrows, Space and Enter only. */
test.use({ viewport: { width: 360, height: 740 }, locale: "ar" });

/** A new view: its heading has focus, the page runs from right to left and never scrolls sideways. */
async function expectView(booking: Booking, titleId: string): Promise<void> {
  await booking.expectPage(titleId);
  await expect(booking.heading).toBeFocused();
  await expectArabic(booking.page);
}

async function expectArabic(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

/** From the home page's search to the choice of a time. */
async function searchToTimes(booking: Booking): Promise<void> {
  const { page, t } = booking;
  await page.goto("/ar/");
  await booking.expectPage("catalogue.home.title");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: t("common.skip") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo(page, page.getByRole("searchbox"));
  await page.keyboard.type("بطاقة هوية");
  await page.keyboard.press("Enter");
  await expect(booking.heading).toBeFocused();
  await expect(booking.heading).toContainText("بطاقة هوية");
  await tabAndPress(page, page.locator('main a[href="/ar/leistungen/personalausweis"]'));
  await expect(page).toHaveURL(/\/ar\/leistungen\/personalausweis$/);
  await expect(booking.heading).toBeFocused();
  await expectArabic(page);
  await tabAndPress(page, page.locator('main a[href^="/ar/buchen/leistungen"]').first());
  await expectView(booking, "booking.services.title");
  await tabAndPress(page, booking.button("booking.continue"));
  await expectView(booking, "booking.places.title");
  await tabAndPress(page, booking.button("booking.places.search"));
  await expectView(booking, "booking.time.title");
}

test("Arabic with the keyboard: book, confirm, move, and the calendar entry follows", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const booking = new Booking(page, "ar");
  const person = visitor("Nūr", "al-Ḥasan");
  await searchToTimes(booking);

  const radios = page.getByRole("radio");
  await tabTo(page, radios.first());
  await page.keyboard.press("Space");
  await expect(radios.first()).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(radios.nth(1)).toBeChecked();
  await tabAndPress(page, booking.button("booking.time.continue").first());
  await expectView(booking, "booking.data.title");
  await portal.inspect();

  await tabTo(page, booking.field("booking.field.given_name"));
  await page.keyboard.type(person.given);
  await tabTo(page, booking.field("booking.field.family_name"));
  await page.keyboard.type(person.family);
  await tabTo(page, booking.field("booking.field.email"));
  await page.keyboard.type(person.email);
  await page.keyboard.press("Enter");
  await expectView(booking, "booking.check.title");
  await tabAndPress(page, booking.button("booking.check.submit"));
  await expectView(booking, "booking.done.unconfirmed.title");
  await expect(page.locator("main")).toContainText(person.email);

  const request = await newestSource(person.email);
  expect(headerOf(request, "Content-Language")).toBe("ar");
  await page.goto(linkIn(textOf(request), "/bestaetigen#c="));
  await booking.expectPage("booking.confirm.title");
  await tabAndPress(page, booking.button("booking.confirm.title"));
  await booking.expectPage("booking.done.booked.title");
  await expectFocusKept(page);
  await expectArabic(page);
  await portal.inspect();

  const confirmed = await newestSource(person.email, 2);
  const first = calendarIn(confirmed);
  expect(first).toMatchObject({ method: "REQUEST", sequence: 0, status: "CONFIRMED" });

  await page.goto(linkIn(textOf(confirmed), "#s="));
  await booking.expectPage("booking.done.booked.title");
  await tabAndPress(page, page.getByRole("link", { name: booking.t("booking.move") }));
  await expectView(booking, "booking.move");
  await tabTo(page, radios.first());
  await page.keyboard.press("ArrowDown");
  await expect(radios.nth(1)).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(radios.nth(2)).toBeChecked();
  await tabAndPress(page, booking.button("booking.move.submit").first());
  await expectView(booking, "booking.done.booked.title");
  await expect(page.locator("main")).toContainText(booking.t("booking.appointment.moved"));

  const second = calendarIn(await newestSource(person.email, 3));
  expect(second).toMatchObject({ method: "REQUEST", uid: first.uid, sequence: 1, status: "CONFIRMED" });
  expect(second.start).not.toBe(first.start);

  const coming = page.waitForEvent("download");
  await tabAndPress(page, booking.button("booking.calendar"));
  const file = readCalendar(readFileSync(await (await coming).path(), "utf-8"));
  expect(file).toMatchObject({ method: "PUBLISH", uid: first.uid, sequence: 1, start: second.start });
  await expectFocusKept(page);
});
