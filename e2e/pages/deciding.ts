import { expect, type Locator } from "@playwright/test";
import { expectFocusKept, tabAndPress, tabTo } from "../fixtures/keyboard";
import type { Worker } from "../fixtures/oidc/account";
import { words } from "../fixtures/words";
import { Desk } from "./desk";

export type Step = "request" | "granted" | "partly" | "refused" | "closed";
const STEPS: readonly Step[] = ["request", "granted", "partly", "refused", "closed"];

/** Acting on a case with the keyboard alone, by the words on the screen. */
export class Deciding extends Desk {
  /** The panel "Wie geht es weiter?". */
  get panel(): Locator {
    return this.page.getByRole("region", { name: this.t("staff.acting.title") });
  }

  get more(): Locator {
    return this.page.getByRole("region", { name: this.t("staff.acting.more") });
  }

  get summary(): Locator {
    return this.page.getByRole("group", { name: words("de")("common.error.summary") });
  }

  /** Open a case as a member of staff and go to what comes next, by the link at its top. */
  async begin(person: Worker, reference: string): Promise<void> {
    await this.signIn(person, `/amt/vorgang/${reference}`);
    await this.jump();
  }

  /** Look at the case as it is now. */
  async again(): Promise<void> {
    await this.page.reload();
    await this.jump();
  }

  private async jump(): Promise<void> {
    await tabAndPress(this.page, this.page.locator('nav a[href="#acting"]'));
    await expect(this.page.locator("#acting")).toBeFocused();
  }

  /** The radio group is one stop of Tab; the arrows choose. */
  async choose(step: Step): Promise<void> {
    const { page } = this;
    const radios = page.locator('input[name="step"]');
    await expect(radios.first()).toBeVisible();
    const chosen = await radios.evaluateAll((all: HTMLInputElement[]) => all.findIndex((one) => one.checked));
    const [from, to] = [Math.max(0, chosen), STEPS.indexOf(step)];
    await tabTo(page, radios.nth(from));
    if (chosen < 0) await page.keyboard.press("Space");
    for (let at = from; at < to; at += 1) await page.keyboard.press("ArrowDown");
    for (let at = from; at > to; at -= 1) await page.keyboard.press("ArrowUp");
    await expect(radios.nth(to)).toBeChecked();
  }

  async type(id: string, text: string): Promise<void> {
    await tabTo(this.page, this.page.locator(`#${id}`));
    await this.page.keyboard.type(text);
  }

  async tick(name: string, which: number | string): Promise<void> {
    const boxes = this.page.locator(`input[name="${name}"]`);
    const box =
      typeof which === "number" ? boxes.nth(which) : this.page.locator(`input[name="${name}"][value="${which}"]`);
    await tabAndPress(this.page, box, "Space");
    await expect(box).toBeChecked();
  }

  /** Press a button of the acting side; the new state has focus afterwards. */
  async act(id: string): Promise<void> {
    await tabAndPress(this.page, this.button(id));
    await expectFocusKept(this.page);
  }

  /** Open one of the further steps. */
  async unfold(id: string): Promise<void> {
    await tabAndPress(this.page, this.more.locator("summary", { hasText: this.t(id) }));
  }

  /** Wait for words in the panel after an act. */
  async expectPanel(id: string, values?: Record<string, string | number>): Promise<void> {
    await expect(this.panel).toContainText(this.t(id, values));
  }
}
