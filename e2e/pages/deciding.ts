import { expect, type Locator } from "@playwright/test";
import { expectFocusKept, tabAndPress, tabTo } from "../fixtures/keyboard";
import type { Worker } from "../fixtures/oidc/account";
import { letDecisionLeave } from "../fixtures/office";
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

  /** Sign in, find the case in the work list, and go to what comes next. */
  async beginAtList(person: Worker, reference: string): Promise<void> {
    await this.signIn(person);
    await expect(this.heading).toHaveText(this.t("staff.nav.list"));
    await this.openFromList(reference);
    await this.jump();
  }

  /** Look at the case as it is now. */
  async again(): Promise<void> {
    await this.page.reload();
    await this.jump();
  }

  /** To what comes next, by the link at the top of the case. */
  async jump(): Promise<void> {
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

  /** A list of choices: the arrows go to the one with this value. */
  async select(id: string, value: string): Promise<void> {
    const box = this.page.locator(`#${id}`);
    await tabTo(this.page, box);
    const place = await box.evaluate(
      (one: HTMLSelectElement, wanted) => [...one.options].findIndex((option) => option.value === wanted),
      value,
    );
    const now = await box.evaluate((one: HTMLSelectElement) => one.selectedIndex);
    for (let step = now; step < place; step += 1) await this.page.keyboard.press("ArrowDown");
    await expect(box).toHaveValue(value);
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

  /** Choose how it ends, say why if need be, and press the button that says so. */
  async decide(step: Exclude<Step, "request">, why?: string): Promise<void> {
    if (!(await this.page.locator(`#step-${step}`).isChecked())) await this.choose(step);
    if (why !== undefined) await this.type("decide-text", why);
    await this.act(`staff.acting.decide.submit.${step}`);
  }

  /** Ask the citizen for fields of the form, by name. */
  async ask(fields: readonly string[], text: string): Promise<void> {
    await tabAndPress(this.page, this.panel.locator("summary", { hasText: this.t("staff.acting.places.fields") }));
    for (const field of fields) await this.tick("ask-places", field);
    await this.tick("ask-blocks", 0);
    await this.type("ask-text", text);
    await this.act("staff.acting.request.send");
    await expect(this.panel).toContainText(text);
  }

  /** The letter as it would leave; focus stays where it was. */
  async preview(): Promise<Locator> {
    await this.act("staff.acting.preview");
    const letter = this.panel.getByRole("article", { name: this.t("staff.acting.letter") });
    await expect(letter).toBeVisible();
    return letter;
  }

  /** Not agreed, with the reason. */
  async giveBack(why: string): Promise<void> {
    await tabAndPress(this.page, this.panel.locator("summary", { hasText: this.t("staff.acting.return") }));
    await this.type("return-text", why);
    await this.act("staff.acting.return.submit");
    await expect(this.panel).toContainText(why);
  }

  /** The fifteen minutes are over; the case as it is then. */
  async letLeave(reference: string): Promise<void> {
    letDecisionLeave(reference);
    await this.again();
    await this.expectPanel("staff.acting.ended");
  }

  /** A date of the newest letter in the case. */
  letterFact(id: string): Locator {
    const letters = this.page.getByRole("region", { name: this.t("staff.case.letters") });
    return letters.locator("dl > div", { hasText: this.t(id) }).first();
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
