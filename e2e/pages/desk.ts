import { expect, type Locator, type Page } from "@playwright/test";
import { tabAndPress, tabTo } from "../fixtures/keyboard";
import { chooseWorker, type Worker } from "../fixtures/oidc/account";
import { words, type Words } from "../fixtures/words";

/** The staff's pages as somebody uses them who has no mouse, by the words on the screen. */
export class Desk {
  readonly t: Words = words("de", "staff");

  constructor(readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  button(id: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole("button", { name: this.t(id, values), exact: true });
  }

  /** From the sign-in that stands where the page would be; ends on that page. */
  async signIn(person: Worker, path = "/amt"): Promise<void> {
    const { page } = this;
    await page.goto(path);
    await expect(this.heading).toHaveText(this.t("staff.sign_in.title"));
    await tabAndPress(page, this.button("staff.sign_in.submit"));
    await chooseWorker(page, person);
    await expect(this.heading).not.toHaveText(this.t("staff.sign_in.title"));
  }

  /** Every way begins at the heading, for Tab leads forward only. */
  async goTo(target: Locator): Promise<void> {
    await this.heading.focus();
    await tabTo(this.page, target);
  }

  async pressOn(target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.heading.focus();
    await tabAndPress(this.page, target, key);
  }

  /** From the work list into a case; focus goes along. */
  async openFromList(reference: string): Promise<void> {
    await this.pressOn(this.page.locator(`tbody a[data-case="${reference}"]`));
    await expect(this.page).toHaveURL(new RegExp(`/amt/vorgang/${reference}$`));
    await expect(this.heading).toBeFocused();
  }

  /** A case by its address, signed in already. */
  async open(reference: string): Promise<void> {
    await this.page.goto(`/amt/vorgang/${reference}`);
    await expect(this.page.getByRole("heading", { name: this.t("staff.case.answers") })).toBeVisible();
  }

  /** What stands in the list of events, newest first. */
  get log(): Locator {
    return this.page.getByRole("region", { name: this.t("staff.case.log") });
  }
}
