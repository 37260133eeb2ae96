import { expect, type Locator, type Page } from "@playwright/test";
import { tabAndPress, tabTo } from "../fixtures/keyboard";
import { textOfPdf } from "../fixtures/pdf";
import { words, type Language, type Words } from "../fixtures/words";
import { Applying } from "./applying";

/** An application that was sent, as its person follows it with the keyboard alone: what the office asks, what it decides. */
export class Following extends Applying {
  /** The words of papers and messages. */
  readonly paper: Words;

  constructor(
    page: Page,
    language: Language,
    readonly reference: string,
  ) {
    super(page, language);
    const spoken = words(language, "backend");
    this.paper = (id, values) => spoken(id, values).replace(/\s+/g, " ");
  }

  get main(): Locator {
    return this.page.locator("main");
  }

  get letters(): Locator {
    return this.page.getByRole("region", { name: this.t("applications.status.letters") });
  }

  /** Look at it as it is now, in the language it was sent in. */
  async open(): Promise<void> {
    await this.page.goto(`/${this.language}/antraege/${this.reference}`);
    await expect(this.main).toContainText(this.reference);
    await expect(this.page.locator("html")).toHaveAttribute("lang", this.language);
  }

  /** What the office asked for, answered in one field. */
  async answerRequest(pointer: string, text: string): Promise<void> {
    const { page } = this;
    await tabAndPress(page, this.link("applications.request.answer"));
    await this.expectPage("applications.request.page.title");
    await tabTo(page, page.locator(`main form [name="${pointer}"]`));
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
    await tabAndPress(page, this.button("applications.request.submit"));
    await expect(this.main).toContainText(this.t("applications.request.sent"));
  }

  /** Fetch the letter; what stands in the file. */
  async letter(): Promise<string> {
    const file = this.page.waitForEvent("download");
    await tabAndPress(this.page, this.letters.getByRole("link").first());
    return textOfPdf(await (await file).path());
  }

  /** An amount as letters write it in this language. */
  euro(cents: number): string {
    const locale = this.language === "de-simple" ? "de" : this.language;
    const amount = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(cents / 100);
    return amount.replace(/\s+/g, " ");
  }
}
