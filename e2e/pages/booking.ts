import { expect, type Page } from "@playwright/test";

/** Words of the booking in the languages that the journeys speak; the rest is found by role and structure. */
export const WORDS = {
  de: {
    book: "Termin buchen",
    next: "Weiter",
    search: "Freie Zeiten suchen",
    take: "Weiter mit diesem Termin",
    given: "Vorname",
    family: "Familienname",
    email: "E-Mail-Adresse",
    check: "Weiter zum Prüfen",
    bind: "Termin verbindlich buchen",
    notYet: "Ihr Termin ist noch nicht gebucht",
  },
} as const;

export interface Visitor {
  given: string;
  family: string;
  email: string;
}

let counter = 0;

/** A visitor with a mail address of its own. */
export function visitor(given = "Zoë", family = "Đặng-Nguyễn"): Visitor {
  counter += 1;
  return { given, family, email: `person${Date.now()}x${counter}@example.org` };
}

/** From a service's page to the choice of a time, in German. */
export async function openTimes(page: Page, service = "personalausweis"): Promise<void> {
  await page.goto(`/de/buchen/zeit?service=${service}:1`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wann passt es Ihnen?");
  await expect(page.getByRole("radio").first()).toBeVisible();
}

/** Choose the n-th of the earliest times and go on; the hold is made here. */
export async function takeTime(page: Page, place = 0): Promise<void> {
  await page.getByRole("radio").nth(place).check();
  await page.getByRole("button", { name: WORDS.de.take }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wer kommt zum Termin?");
}

/** Type the person's data and go on to the check. */
export async function fillPerson(page: Page, person: Visitor): Promise<void> {
  await page.getByLabel(WORDS.de.given, { exact: true }).fill(person.given);
  await page.getByLabel(WORDS.de.family, { exact: true }).fill(person.family);
  await page.getByLabel(WORDS.de.email).fill(person.email);
  await page.getByRole("button", { name: WORDS.de.check }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Stimmt alles?");
}

/** The whole way to "not yet booked", in German. */
export async function bookUnconfirmed(page: Page, person: Visitor, place = 0): Promise<void> {
  await openTimes(page);
  await takeTime(page, place);
  await fillPerson(page, person);
  await page.getByRole("button", { name: WORDS.de.bind }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(WORDS.de.notYet);
}
