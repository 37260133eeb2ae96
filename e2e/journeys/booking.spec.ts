import { expect, test } from "../fixtures/test";
import { linkIn, mailsTo, newestMail } from "../fixtures/mails";
import { bookUnconfirmed, fillPerson, openTimes, takeTime, visitor, WORDS } from "../pages/booking";

test.use({ viewport: { width: 390, height: 844 } });

test("book, confirm by mail, move, cancel and undo", async ({ page, portal }) => {
  test.setTimeout(150_000);
  const person = visitor();
  await portal.visit("/de/leistungen/personalausweis");
  await page.getByRole("link", { name: WORDS.de.book }).first().click();
  await portal.inspect();
  await page.getByRole("button", { name: WORDS.de.next, exact: true }).click();
  await portal.inspect();
  await page.getByRole("button", { name: WORDS.de.search }).click();
  await expect(page.getByRole("radio").first()).toBeVisible();
  await portal.inspect();
  await takeTime(page, 1);
  await portal.inspect();
  await fillPerson(page, person);
  await portal.inspect();
  await page.getByRole("button", { name: WORDS.de.bind }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(WORDS.de.notYet);
  await portal.inspect();

  const request = await newestMail(person.email);
  const other = await page.context().newPage();
  await other.goto(linkIn(request, "/bestaetigen#c="));
  await expect(other.getByRole("button", { name: "Termin bestätigen" })).toBeVisible();
  expect(other.url()).not.toContain("#c=");
  await other.getByRole("button", { name: "Termin bestätigen" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toContainText("gebucht");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(WORDS.de.notYet, { timeout: 30_000 });
  await portal.inspect();
  await other.close();

  const confirmed = await newestMail(person.email, 2);
  expect(confirmed).toMatch(/BEGIN:VCALENDAR[\s\S]*METHOD:REQUEST[\s\S]*SEQUENCE:0/);
  expect(confirmed).not.toMatch(/SUMMARY:.*Personalausweis/);
  await page.goto(linkIn(confirmed, "#s="));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(page.url()).not.toContain("#s=");
  await portal.inspect();

  await page.getByRole("link", { name: /verschieben/ }).click();
  await expect(page.getByRole("radio").first()).toBeVisible();
  await portal.inspect();
  await page.getByRole("radio").nth(3).check();
  await page.getByRole("button", { name: /verschieben/i }).first().click();
  const moved = await newestMail(person.email, 3);
  expect(moved).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:1/);
  await portal.inspect();

  await page.getByRole("link", { name: /absagen/ }).click();
  await portal.inspect();
  await page.getByRole("button", { name: /absagen/ }).click();
  await expect(page.getByRole("button", { name: /zurücknehmen/ })).toBeVisible();
  await portal.inspect();
  const cancelled = await newestMail(person.email, 4);
  expect(cancelled).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:2/);
  await page.getByRole("button", { name: /zurücknehmen/ }).click();
  await newestMail(person.email, 5);
  await portal.inspect();
});

test("the unconfirmed page corrects the address and keeps the name", async ({ page, portal }) => {
  const person = visitor();
  await bookUnconfirmed(page, person, 2);
  const right = visitor().email;
  await page.getByLabel(WORDS.de.email).fill(right);
  await page.getByRole("button", { name: /Adresse speichern/ }).click();
  await newestMail(right);
  await expect(page.locator("main")).toContainText(right);
  await portal.inspect();
  await page.getByRole("button", { name: "Mehr Zeit" }).click();
  await portal.inspect();
});

test("an appointment opens by number and code, and a wrong code tells nothing", async ({ page, portal }) => {
  const person = visitor();
  await bookUnconfirmed(page, person, 3);
  const link = linkIn(await newestMail(person.email), "/bestaetigen#c=");
  await page.goto(link);
  await page.getByRole("button", { name: "Termin bestätigen" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("gebucht");
  const mail = await newestMail(person.email, 2);
  const reference = /[34679ACDEFGHJKMNPQRTVWXY]{3}-[34679ACDEFGHJKMNPQRTVWXY]{3}-[34679ACDEFGHJKMNPQRTVWXY]{3}/.exec(mail)?.[0];
  const code = /Code: ([34679ACDEFGHJKMNPQRTVWXY]{3}-[34679ACDEFGHJKMNPQRTVWXY]{3})/.exec(mail)?.[1];
  await page.evaluate(() => sessionStorage.clear());
  await portal.visit("/de/termin");
  await page.getByLabel(/Terminnummer/).fill((reference ?? "").toLowerCase().replaceAll("-", " "));
  await page.getByLabel(/Code/).fill("AAAAAA");
  await page.locator("main form button").first().click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await portal.inspect();
  await page.getByLabel(/Code/).fill(code ?? "");
  await page.locator("main form button").first().click();
  await expect(page.locator("main")).toContainText(person.family);
  await portal.inspect();
});

test("errors stand in a summary and at the field, and nothing typed is lost", async ({ page, portal }) => {
  await openTimes(page);
  await takeTime(page, 0);
  await page.getByLabel(WORDS.de.family, { exact: true }).fill("Шевченко");
  await page.getByLabel(WORDS.de.email).fill("keine-adresse");
  await page.getByRole("button", { name: WORDS.de.check }).click();
  const summary = page.getByRole("alert").filter({ hasText: "Es gibt ein Problem" });
  await expect(summary).toBeVisible();
  await expect(page).toHaveTitle(/^Fehler: /);
  await expect(page.getByLabel(WORDS.de.family, { exact: true })).toHaveValue("Шевченко");
  await expect(page.getByLabel(WORDS.de.email)).toHaveAttribute("aria-invalid", "true");
  await portal.inspect();
  expect(mailsTo("keine-adresse")).toEqual([]);
});
