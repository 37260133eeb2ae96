import { calendarIn, headerOf, linkIn, newestSource, textOf } from "../fixtures/mails";
import { expect, test } from "../fixtures/test";
import { pattern, words } from "../fixtures/words";
import { Booking, visitor } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

/** A free time as the choices carry it. */
interface Time {
  weekday: number;
  hour: number;
  start: string;
}

async function timesShown(booking: Booking): Promise<Time[]> {
  const values = await booking.page
    .getByRole("radio")
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  return values.map((value) => {
    const start = value.split("|")[2] ?? "";
    const weekday = new Date(`${start.slice(0, 10)}T12:00:00Z`).getUTCDay() || 7;
    return { weekday, hour: Number(start.slice(11, 13)), start };
  });
}

test("a family of four: three ID cards and one change of address in one appointment", async ({ page, portal }) => {
  const booking = new Booking(page);
  const { t } = booking;
  const person = visitor("Fatma", "Yılmaz");
  await page.goto("/de/buchen/leistungen?service=personalausweis:1");
  await booking.expectPage("booking.services.title");
  const status = page.getByRole("status");
  await page.getByRole("combobox", { name: new RegExp(t("booking.services.quantity")) }).selectOption("3");
  await page.getByRole("combobox", { name: t("booking.services.add.label") }).selectOption("wohnsitz-anmelden");
  await booking.button("booking.services.add.button").click();
  await expect(status).toHaveText(pattern(t, "booking.services.added", "name"));
  await expect(page.getByRole("combobox", { name: new RegExp(t("booking.services.quantity")) })).toHaveCount(2);
  await portal.inspect();
  await booking.button("booking.continue").click();
  await booking.expectPage("booking.places.title");
  await page.getByRole("checkbox", { name: t("booking.need.step_free") }).check();
  await portal.inspect();
  await booking.button("booking.places.search").click();
  await booking.expectPage("booking.time.title");
  await expect(page).toHaveURL(/service=personalausweis:3&service=wohnsitz-anmelden:1.*need=step_free/);
  await expect(page.getByRole("radio").first()).toBeVisible();

  const [wanted] = await timesShown(booking);
  const morning = (wanted?.hour ?? 0) < 12;
  for (const weekday of [1, 2, 3, 4, 5, 6].filter((day) => day !== wanted?.weekday)) {
    await page.locator(`input[name=weekday][value="${weekday}"]`).uncheck();
  }
  await page.locator(`input[name=part][value="${morning ? "afternoon" : "morning"}"]`).uncheck();
  await booking.button("booking.filter.submit").click();
  await expect(page).toHaveURL(new RegExp(`weekday=${wanted?.weekday}&part=${morning ? "morning" : "afternoon"}`));
  const suits = ({ weekday, hour }: Time): boolean => weekday === wanted?.weekday && hour < 12 === morning;
  await expect.poll(async () => (await timesShown(booking)).every(suits)).toBe(true);
  const found = await timesShown(booking);
  expect(found.map(({ start }) => start)).toContain(wanted?.start);
  const days = new Set(found.map(({ start }) => start.slice(0, 10))).size;
  await expect(status).toHaveText(t("booking.time.refreshed", { count: days }));
  await booking.takeTime();
  await booking.fillPerson(person);
  await expect(page.locator("main")).toContainText(t("booking.need.step_free"));
  await portal.inspect();
  await booking.bind();
  await booking.confirm(person);
  const ticket = page.getByRole("article", { name: t("booking.ticket.label") });
  await expect(ticket).toContainText("Personalausweis beantragen");
  await expect(ticket).toContainText("Wohnsitz");
  await expect(ticket).toContainText(t("booking.persons", { count: 3 }));
  const mail = textOf(await newestSource(person.email, 2));
  expect(mail).toMatch(/Personalausweis beantragen[^\n]*\r?\n[^\n]*Wohnsitz/);
});

test("the whole booking in Leichte Sprache, and the messages too", async ({ page, portal }) => {
  const booking = new Booking(page, "de-simple");
  const { t } = booking;
  const person = visitor("Jörg", "Müller");
  await page.goto("/de-simple/leistungen/personalausweis");
  await page.locator('main a[href^="/de-simple/buchen/leistungen"]').first().click();
  await booking.expectPage("booking.services.title");
  await booking.button("booking.continue").click();
  await booking.expectPage("booking.places.title");
  await booking.button("booking.places.search").click();
  await booking.expectPage("booking.time.title");
  await expect(page.getByRole("radio")).toHaveCount(5);
  await portal.inspect();
  const early = await timesShown(booking);
  await page.getByRole("link", { name: t("booking.time.other_days") }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d{2}-\d{2}/);
  await expect.poll(async () => (await timesShown(booking))[0]?.start).not.toBe(early[0]?.start);
  await booking.takeTime();
  await portal.inspect();
  await booking.fillPerson(person);
  await portal.inspect();
  await booking.bind();
  await portal.inspect();
  const request = await newestSource(person.email);
  const say = words("de-simple", "backend");
  expect(headerOf(request, "Subject")).toMatch(pattern(say, "mail.subject.confirm_request", "day"));
  expect(linkIn(textOf(request), "/bestaetigen#c=")).toContain("/de-simple/termin/");
  await booking.confirm(person);
  await expect(page.locator("html")).toHaveAttribute("lang", "de-simple");
  await expect(page.locator("html")).toHaveAttribute("data-variant", "simple");
  await portal.inspect();
  const confirmed = await newestSource(person.email, 2);
  expect(headerOf(confirmed, "Subject")).toMatch(pattern(say, "mail.subject.confirmed", "day"));
  expect(calendarIn(confirmed).sequence).toBe(0);
});

for (const language of ["en", "tr", "uk"] as const) {
  test(`booking in ${language} up to the message in that language`, async ({ page, portal }) => {
    const booking = new Booking(page, language);
    const person = visitor("Olena", "Ševčenko");
    await booking.toUnconfirmed(person);
    await portal.inspect();
    const request = await newestSource(person.email);
    expect(headerOf(request, "Content-Language")).toBe(language);
    const say = words(language, "backend");
    expect(headerOf(request, "Subject")).toMatch(pattern(say, "mail.subject.confirm_request", "day"));
    expect(textOf(request)).toContain(`<html lang="${language}"`);
    expect(linkIn(textOf(request), "/bestaetigen#c=")).toContain(`/${language}/termin/`);
  });
}
