import { expect, type Locator } from "@playwright/test";
import { tabAndPress } from "../fixtures/keyboard";
import { Desk } from "./desk";

export type BatchAction = "assign" | "label" | "request" | "decide";

/** The list of cases, and what can be done there with several at once. */
export class WorkList extends Desk {
  get rows(): Locator {
    return this.page.locator("tbody tr");
  }

  row(reference: string): Locator {
    return this.rows.filter({ hasText: reference });
  }

  tick(reference: string): Locator {
    return this.page.getByRole("checkbox", { name: this.t("staff.list.pick", { reference }) });
  }

  /** Choose cases and what to do with them; the dialog that asks for the rest. */
  async begin(action: BatchAction, references: readonly string[]): Promise<Locator> {
    for (const reference of references) {
      await this.pressOn(this.tick(reference), "Space");
      await expect(this.tick(reference)).toBeChecked();
    }
    await this.pressOn(this.button(`staff.batch.${action}`));
    const title = this.t(`staff.batch.${action}.title`, { count: references.length });
    const dialog = this.page.getByRole("dialog", { name: title });
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** Look what would happen: with how many cases it can be done. */
  async look(dialog: Locator, count: number): Promise<void> {
    await tabAndPress(this.page, this.button("staff.batch.look"));
    await expect(dialog).toContainText(this.t("staff.batch.preview", { count }));
  }

  /** Do what was looked at; focus goes to what became of it. */
  async act(action: BatchAction, count: number): Promise<void> {
    await expect(this.button(`staff.batch.${action}.submit`, { count })).toBeFocused();
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
    await expect(this.page.locator("main")).toContainText(this.t(`staff.batch.${action}.done`, { count }));
  }

  /** Take the last act back as a whole. */
  async undo(count: number): Promise<void> {
    const [name = ""] = this.t("staff.batch.undo", { time: "" }).split(",");
    await this.pressOn(this.page.getByRole("button", { name }));
    await expect(this.page.locator("main")).toContainText(this.t("staff.batch.undo.done", { count }));
  }
}
