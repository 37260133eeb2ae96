import { expect, type Locator, type Page } from "@playwright/test";
import { linkIn, newestMail } from "../fixtures/mails";
import { words, type Language, type Words } from "../fixtures/words";

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

export const ONE_ID_CARD = "service=personalausweis:1";

/** The booking's pages in one language, driven by the words a person sees. */
export class Booking {
  readonly t: Words;

  constructor(
    readonly page: Page,
    readonly language: Language = "de",
  ) {
    this.t = words(language);
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  button(id: string): Locator {
    return this.page.getByRole("button", { name: this.t(id), exact: true });
  }

  field(id: string): Locator {
    return this.page.getByRole("textbox", { name: this.t(id), exact: true });
  }

  async expectPage(titleId: string): Promise<void> {
    await expect(this.heading).toHaveText(this.t(titleId));
  }

  /** The choice of a time for a wish; with something free. */
  async openTimes(wish = ONE_ID_CARD): Promise<void> {
    await this.page.goto(`/${this.language}/buchen/zeit?${wish}`);
    await this.expectPage("booking.time.title");
    await expect(this.page.getByRole("radio").first()).toBeVisible();
  }

  /** Choose the n-th of the times and go on; the hold is made here. */
  async takeTime(place = 0): Promise<void> {
    await this.page.getByRole("radio").nth(place).check();
    await this.button("booking.time.continue").first().click();
    await this.expectPage("booking.data.title");
  }

  async typePerson(person: Visitor): Promise<void> {
    await this.field("booking.field.given_name").fill(person.given);
    await this.field("booking.field.family_name").fill(person.family);
    await this.field("booking.field.email").fill(person.email);
  }

  async expectPerson(person: Visitor): Promise<void> {
    await expect(this.field("booking.field.given_name")).toHaveValue(person.given);
    await expect(this.field("booking.field.family_name")).toHaveValue(person.family);
    await expect(this.field("booking.field.email")).toHaveValue(person.email);
  }

  /** Type the person's data and go on to the check. */
  async fillPerson(person: Visitor): Promise<void> {
    await this.typePerson(person);
    await this.button("booking.data.submit").click();
    await this.expectPage("booking.check.title");
  }

  /** The binding step, up to "not yet booked". */
  async bind(): Promise<void> {
    await this.button("booking.check.submit").click();
    await this.expectPage("booking.done.unconfirmed.title");
  }

  /** The whole way to "not yet booked". */
  async toUnconfirmed(person: Visitor, wish = ONE_ID_CARD): Promise<void> {
    await this.openTimes(wish);
    await this.takeTime();
    await this.fillPerson(person);
    await this.bind();
  }

  /** Open the link of the confirmation request in this tab and press its button. */
  async confirm(person: Visitor): Promise<void> {
    await this.page.goto(linkIn(await newestMail(person.email), "/bestaetigen#c="));
    await this.button("booking.confirm.title").click();
    await this.expectPage("booking.done.booked.title");
  }
}
