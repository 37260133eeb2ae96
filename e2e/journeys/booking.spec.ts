import { expect, test } from "../fixtures/test";
import { calendarIn, linkIn, mailsTo, newestMail, newestSource, textOf } from "../fixtures/mails";
import { Booking, visitor } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

const REFERENCE = /(?:[34679ACDEFGHJKMNPQRTVWXY]{3}-){2}[34679ACDEFGHJKMNPQRTVWXY]{3}/;
const CODE = /Code: ([34679ACDEFGHJKMNPQRTVWXY]{3}-[34679ACDEFGHJKMNPQRTVWXY]{3})/;

test("book, confirm by mail, move, cancel and undo", async ({ page, portal }) => {
  test.setTimeout(150_000);
  const booking = new Booking(page);
  const { t } = booking;
  const person = visitor();
  await page.goto("/de/leistungen/personalausweis");
  await page
    .getByRole("link", { name: t("catalogue.book") })
    .first()
    .click();
  await booking.button("booking.continue").click();
  await booking.button("booking.places.search").click();
  await expect(page.getByRole("radio").first()).toBeVisible();
  await booking.takeTime(1);
  await portal.inspect();
  await booking.fillPerson(person);
  await portal.inspect();
  await booking.bind();
  await portal.inspect();

  const other = await page.context().newPage();
  await other.goto(linkIn(await newestMail(person.email), "/bestaetigen#c="));
  await expect(other.getByRole("button", { name: t("booking.confirm.title") })).toBeVisible();
  expect(other.url()).not.toContain("#c=");
  await other.getByRole("button", { name: t("booking.confirm.title") }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(t("booking.done.booked.title"));
  await other.close();
  await expect(booking.heading).toHaveText(t("booking.done.booked.title"), { timeout: 30_000 });
  await portal.inspect();

  const confirmed = await newestSource(person.email, 2);
  const entry = calendarIn(confirmed);
  expect(entry).toMatchObject({ method: "REQUEST", sequence: 0, status: "CONFIRMED" });
  expect(entry.summary).not.toContain("Personalausweis");
  await page.goto(linkIn(textOf(confirmed), "#s="));
  await booking.expectPage("booking.done.booked.title");
  expect(page.url()).not.toContain("#s=");

  await page.getByRole("link", { name: t("booking.move") }).click();
  await expect(page.getByRole("radio").first()).toBeVisible();
  await portal.inspect();
  await page.getByRole("radio").nth(3).check();
  await booking.button("booking.move.submit").first().click();
  const moved = calendarIn(await newestSource(person.email, 3));
  expect(moved).toMatchObject({ method: "REQUEST", uid: entry.uid, sequence: 1 });
  expect(moved.start).not.toBe(entry.start);

  await page.getByRole("link", { name: t("booking.cancel") }).click();
  await booking.expectPage("booking.cancel");
  await portal.inspect();
  await booking.button("booking.cancel").click();
  await booking.expectPage("booking.appointment.cancelled");
  await portal.inspect();
  const cancelled = calendarIn(await newestSource(person.email, 4));
  expect(cancelled).toMatchObject({ method: "CANCEL", uid: entry.uid, sequence: 2, status: "CANCELLED" });
  await booking.button("booking.undo").click();
  await booking.expectPage("booking.done.booked.title");
  await expect(booking.heading).toBeFocused();
  const back = calendarIn(await newestSource(person.email, 5));
  expect(back).toMatchObject({ method: "REQUEST", uid: entry.uid, sequence: 3, start: moved.start });
});

test("the unconfirmed page corrects the address, gives more time and sends again", async ({ page, portal }) => {
  const booking = new Booking(page);
  const { t } = booking;
  const person = visitor();
  await booking.toUnconfirmed(person);
  await booking.field("booking.field.email").fill("ohne-at-zeichen");
  await booking.button("booking.done.correct.submit").click();
  await expect(page.getByRole("group", { name: t("common.error.summary") })).toBeFocused();
  await portal.inspect();
  const right = visitor().email;
  await booking.field("booking.field.email").fill(right);
  await booking.button("booking.done.correct.submit").click();
  await newestMail(right);
  await expect(page.locator("main")).toContainText(right);
  await booking.button("booking.hold.extend").click();
  await booking.button("booking.done.resend").click();
  await newestMail(right, 2);
  await portal.inspect();
});

test("an appointment opens by number and code, and a wrong code tells nothing", async ({ page, portal }) => {
  const booking = new Booking(page);
  const person = visitor();
  await booking.toUnconfirmed(person);
  await booking.confirm(person);
  const mail = await newestMail(person.email, 2);
  const reference = REFERENCE.exec(mail)?.[0] ?? "";
  await page.evaluate(() => sessionStorage.clear());
  await portal.visit("/de/termin");
  await booking.field("booking.field.reference").fill(reference.toLowerCase().replaceAll("-", " "));
  await booking.field("booking.field.code").fill("AAAAAA");
  await booking.button("booking.open.submit").click();
  await expect(page.getByRole("group", { name: booking.t("common.error.summary") })).toContainText(
    booking.t("booking.error.not_found"),
  );
  await portal.inspect();
  await booking.field("booking.field.code").fill(CODE.exec(mail)?.[1] ?? "");
  await booking.button("booking.open.submit").click();
  await booking.expectPage("booking.done.booked.title");
  await expect(page.locator("main")).toContainText(reference.replaceAll("-", " "));
});

test("errors stand in a summary and at the field, and nothing typed is lost", async ({ page, portal }) => {
  const booking = new Booking(page);
  await booking.openTimes();
  await booking.takeTime();
  await booking.typePerson({ given: "Олена", family: "Шевченко", email: "keine-adresse" });
  await booking.button("booking.data.submit").click();
  const summary = page.getByRole("group", { name: booking.t("common.error.summary") });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Fehler: /);
  await booking.expectPerson({ given: "Олена", family: "Шевченко", email: "keine-adresse" });
  await expect(booking.field("booking.field.email")).toHaveAttribute("aria-invalid", "true");
  await portal.inspect();
  expect(mailsTo("keine-adresse")).toEqual([]);
});
