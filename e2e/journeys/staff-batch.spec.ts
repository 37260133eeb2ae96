import { tabAndPress, tabTo } from "../fixtures/keyboard";
import { asOffice } from "../fixtures/office";
import { submitted, type Sending } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import { WorkList } from "../pages/worklist";

test.describe.configure({ mode: "serial", timeout: 120_000 });

const CERTIFICATE: Sending = {
  service: "geburtsurkunde",
  example: "for_pension",
  person: "mulyani",
  level: "substantial",
};
const CLERK = "clerk-sta";
const DAYS = 21;

const references: string[] = [];

/** A day some weeks from now, as staff type it. */
function later(): string {
  const [year = "", month = "", day = ""] = new Date(Date.now() + DAYS * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .split("-");
  return `${day}.${month}.${year}`;
}

test("somebody applies three times", async ({ page }) => {
  for (let time = 0; time < 3; time += 1) references.push(await submitted(page, CERTIFICATE));
});

test("several cases get a label, and lose it again with one press", async ({ page, portal }) => {
  const list = new WorkList(page);
  const [one = ""] = references;
  await list.signIn(CLERK);
  const dialog = await list.begin("label", references);
  await expect(dialog.getByLabel(list.t("staff.batch.add"))).toBeFocused();
  await tabAndPress(page, list.button("staff.batch.look"));
  await expect(dialog).toContainText(list.t("staff.batch.missing.label"));
  await expect(dialog.getByLabel(list.t("staff.batch.add"))).toBeFocused();
  await portal.inspect();
  await page.keyboard.type("Rente, eilig");
  await list.look(dialog, 3);
  await expect(list.row(one)).not.toContainText("eilig");
  await list.act("label", 3);
  await expect(list.row(one)).toContainText("eilig");
  await list.undo(3);
  await expect(list.row(one)).not.toContainText("eilig");
});

test("several people are asked for the same, and the question is called off with one press", async ({
  page,
  portal,
}) => {
  const list = new WorkList(page);
  const [one = "", two = ""] = references;
  await list.signIn(CLERK);
  const dialog = await list.begin("request", [one, two]);
  await expect(dialog.locator('input[name="stapel-was"]').first(), "not the button behind it").toBeFocused();
  await tabAndPress(page, dialog.locator("summary"));
  await tabAndPress(page, dialog.locator('details input[name="stapel-was"]').first(), "Space");
  await tabAndPress(page, dialog.locator('input[name="stapel-bausteine"]').first(), "Space");
  await tabTo(page, dialog.locator("#stapel-frist"));
  await page.keyboard.type(later());
  await list.look(dialog, 2);
  await portal.inspect();
  await list.act("request", 2);
  await expect(list.row(one)).toContainText(list.t("staff.state.waiting_for_citizen"));
  await list.undo(2);
  await expect(list.row(one)).not.toContainText(list.t("staff.state.waiting_for_citizen"));
});

test("several are decided alike: the one that changed meanwhile is named, the others are done and taken back", async ({
  page,
  portal,
}) => {
  const list = new WorkList(page);
  const [one = "", two = "", changed = ""] = references;
  await list.signIn(CLERK);
  const dialog = await list.begin("decide", references);
  await expect(dialog.locator('input[name="stapel-ausgang"]').first()).toBeFocused();
  await page.keyboard.press("Space");
  asOffice("message", changed, "Inzwischen geschrieben.");
  await list.look(dialog, 2);
  await expect(dialog).toContainText(`${changed}: ${list.t("staff.batch.why.changed")}`);
  await portal.inspect();
  await list.act("decide", 2);
  await expect(page.locator("main")).toContainText(`${changed}: ${list.t("staff.batch.why.changed")}`);
  await portal.inspect();
  await list.undo(2);
  for (const reference of [one, two]) await expect(list.row(reference)).toHaveCount(1);
});
