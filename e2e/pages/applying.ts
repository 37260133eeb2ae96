import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import { expectFocusKept, tabAndPress, tabTo } from "../fixtures/keyboard";
import { chooseAccount, type Citizen, type Level } from "../fixtures/oidc/account";
import { words, type Language, type Words } from "../fixtures/words";

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Answers = Record<string, Json>;

const ROOT = new URL("../..", import.meta.url).pathname;
/** A picture that the upload accepts: one white pixel. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4////fwAJ+wP9KobjigAAAABJRU5ErkJggg==",
  "base64",
);
const MOST_PAGES = 40;

/** The answers of a package's own example, so that the browser fills what the rules were proved with. */
export function answersOf(service: string, example: string): Answers {
  const file = `${ROOT}backend/forms/packages/${service}/1/cases/${example}.json`;
  return (JSON.parse(readFileSync(file, "utf-8")) as { answers: Answers }).answers;
}

/** The answer at a pointer: "/children/0/name". */
function at(answers: Json, pointer: string): Json | undefined {
  let value: Json | undefined = answers;
  for (const step of pointer.split("/").slice(1)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (typeof value === "object" && value !== null) value = value[step];
    else return undefined;
  }
  return value;
}

/** What stands in the form as a control: its pointer, kind, and value. */
interface Control {
  pointer: string;
  type: string;
  value: string;
}

/** An application filled with the keyboard alone, in one language, by the words a person sees. */
export class Applying {
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

  button(id: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole("button", { name: this.t(id, values).replaceAll("\n", " "), exact: true });
  }

  link(id: string): Locator {
    return this.page.getByRole("link", { name: this.t(id).replaceAll("\n", " "), exact: true });
  }

  async expectPage(id: string): Promise<void> {
    await expect(this.heading).toHaveText(this.t(id));
  }

  get summary(): Locator {
    return this.page.getByRole("group", { name: this.t("common.error.summary") });
  }

  /** Open a service's start page, sign in there and begin; ends on the list of what is asked. */
  async begin(service: string, person: Citizen, level: Level): Promise<void> {
    const { page } = this;
    await page.goto(`/${this.language}/antrag/${service}`);
    await expect(this.heading).toBeVisible();
    await tabAndPress(page, this.button("applications.start.sign_in"));
    await chooseAccount(page, person, level);
    await expect(this.button("applications.start.begin")).toBeVisible();
    await tabAndPress(page, this.button("applications.start.begin"));
    await page.waitForURL(/\/antrag\/[a-z-]+\/[0-9a-f-]{36}$/);
    await expect(this.heading).toBeFocused();
  }

  /** The same for a service that needs no account. */
  async beginWithoutAccount(service: string): Promise<void> {
    const { page } = this;
    await page.goto(`/${this.language}/antrag/${service}`);
    await tabAndPress(page, this.button("applications.start.begin"));
    await page.waitForURL(/\/antrag\/[a-z-]+\/[0-9a-f-]{36}$/);
    await expect(this.heading).toBeFocused();
  }

  /** From the list of what is asked to the check page, one page after the other; `look` is called on each. */
  async fill(answers: Answers, look: () => Promise<void> = async () => undefined): Promise<void> {
    const { page } = this;
    await tabAndPress(page, page.locator("main .actions").first().getByRole("link"));
    for (let visited = 0; visited < MOST_PAGES; visited += 1) {
      await expect(this.heading).toBeFocused();
      if (page.url().endsWith("/pruefen")) return;
      const before = page.url();
      await look();
      await this.fillPage(answers);
      await tabAndPress(page, this.button("applications.page.save"));
      await expect
        .poll(async () => page.url() !== before || (await this.summary.count()) > 0, { timeout: 15_000 })
        .toBe(true);
      const faults = (await this.summary.count()) > 0 ? await this.summary.innerText() : "";
      expect(faults, before).toBe("");
    }
    throw new Error(`no end after ${MOST_PAGES} pages`);
  }

  /** Everything on one page, also what only shows once something else is answered. */
  async fillPage(answers: Answers): Promise<void> {
    const done = new Set<string>();
    await this.addEntries(answers, done);
    for (let next = await this.nextControl(done); next; next = await this.nextControl(done)) {
      done.add(next.pointer);
      await this.answer(next, answers);
    }
  }

  /** Groups first get as many entries as the answers have. */
  private async addEntries(answers: Answers, done: Set<string>): Promise<void> {
    for (const [field, value] of Object.entries(answers)) {
      const box = this.page.locator(`main form section[id="f-${field}"]`);
      if (!Array.isArray(value) || (await box.count()) === 0) continue;
      const entries = this.page
        .locator(`[id^="f-${field}-"]:is(li, fieldset)`)
        .filter({ has: this.page.locator("button") });
      while ((await entries.count()) < value.length) {
        const before = await entries.count();
        await tabAndPress(this.page, box.locator("button").last());
        await expect.poll(() => entries.count()).toBe(before + 1);
        await expectFocusKept(this.page);
        await this.heading.focus();
      }
      done.add(`/${field}`);
    }
  }

  private async nextControl(done: ReadonlySet<string>): Promise<Control | undefined> {
    const controls = await this.page.locator('main form [name^="/"]').evaluateAll((all) =>
      all.map((one) => {
        const { name, type, value, tagName } = one as HTMLInputElement;
        const date = /-(day|month|year)$/.exec(name);
        return {
          pointer: date ? name.slice(0, date.index) : name,
          type: date ? "date" : tagName === "INPUT" ? type : tagName.toLowerCase(),
          value,
        };
      }),
    );
    return controls.find(({ pointer }) => !done.has(pointer));
  }

  private named(pointer: string): Locator {
    return this.page.locator(`main form [name="${pointer}"]`);
  }

  private async answer({ pointer, type, value }: Control, answers: Answers): Promise<void> {
    const wanted = at(answers, pointer);
    if (type === "file") return wanted === undefined ? undefined : this.sendFile(pointer);
    if (wanted === undefined || wanted === null) return undefined;
    if (type === "radio") return this.choose(pointer, String(wanted));
    if (type === "checkbox") return this.tick(pointer, wanted);
    if (type === "date") return this.typeDate(pointer, String(wanted));
    if (type === "select") return this.select(pointer, String(wanted));
    if (value !== String(wanted)) await this.type(this.named(pointer), String(wanted));
    return undefined;
  }

  private async type(field: Locator, text: string): Promise<void> {
    await tabTo(this.page, field);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  /** A radio group is one stop of Tab; the arrows choose. */
  private async choose(pointer: string, wanted: string): Promise<void> {
    const radios = this.named(pointer);
    const values = await radios.evaluateAll((all: HTMLInputElement[]) => all.map((one) => one.value));
    const chosen = await radios.evaluateAll((all: HTMLInputElement[]) => all.findIndex((one) => one.checked));
    const place = values.indexOf(wanted);
    expect(place, `${wanted} of ${pointer}`).toBeGreaterThanOrEqual(0);
    if (chosen === place) return;
    await tabTo(this.page, radios.nth(Math.max(0, chosen)));
    if (chosen < 0) await this.page.keyboard.press("Space");
    for (let step = Math.max(0, chosen); step < place; step += 1) await this.page.keyboard.press("ArrowDown");
    for (let step = Math.max(0, chosen); step > place; step -= 1) await this.page.keyboard.press("ArrowUp");
    await expect(radios.nth(place)).toBeChecked();
  }

  private async tick(pointer: string, wanted: Json): Promise<void> {
    const boxes = this.named(pointer);
    const values = await boxes.evaluateAll((all: HTMLInputElement[]) => all.map((one) => one.value));
    for (const [place, value] of values.entries()) {
      const box = boxes.nth(place);
      const on = Array.isArray(wanted) ? wanted.includes(value) : wanted === true;
      if ((await box.isChecked()) !== on) await tabAndPress(this.page, box, "Space");
    }
  }

  private async typeDate(pointer: string, wanted: string): Promise<void> {
    const [year = "", month = "", day = ""] = wanted.split("-");
    await this.type(this.named(`${pointer}-day`), String(Number(day)));
    await this.type(this.named(`${pointer}-month`), String(Number(month)));
    await this.type(this.named(`${pointer}-year`), year);
  }

  private async select(pointer: string, wanted: string): Promise<void> {
    const box = this.named(pointer);
    await tabTo(this.page, box);
    const place = await box.evaluate(
      (one: HTMLSelectElement, value) => [...one.options].findIndex((option) => option.value === value),
      wanted,
    );
    const now = await box.evaluate((one: HTMLSelectElement) => one.selectedIndex);
    for (let step = now; step < place; step += 1) await this.page.keyboard.press("ArrowDown");
    await expect(box).toHaveValue(wanted);
  }

  /** The button of the file field opens the browser's own chooser. */
  private async sendFile(pointer: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await tabAndPress(this.page, this.named(pointer), "Space");
    await (await chooser).setFiles({ name: "nachweis.png", mimeType: "image/png", buffer: PICTURE });
    const state = this.page.getByText(this.t("applications.file.clean"), { exact: true });
    await expect(state.first()).toBeVisible({ timeout: 30_000 });
  }

  /** The binding step on the check page; gives the number of the application. */
  async send(): Promise<string> {
    const { page } = this;
    await this.expectPage("applications.check.title");
    await tabAndPress(page, this.button("applications.check.submit"));
    await page.waitForURL(/\/antraege\/[0-9A-Z-]{11}$/);
    await this.expectPage("applications.status.sent.title");
    await expect(this.heading).toBeFocused();
    return page.url().split("/").at(-1) ?? "";
  }

  /** The code that is shown once beside the number. */
  async code(): Promise<string> {
    return this.page
      .locator("dd")
      .filter({ hasText: /^[0-9A-Z]{3}-[0-9A-Z]{3}$/ })
      .innerText();
  }
}
