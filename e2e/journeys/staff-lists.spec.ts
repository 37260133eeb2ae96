import type { Locator, Page } from "@playwright/test";
import { expectFocusKept, tabAndPress } from "../fixtures/keyboard";
import { chooseWorker, type Citizen } from "../fixtures/oidc/account";
import { OWN } from "../fixtures/portals";
import { submitted } from "../fixtures/submitted";
import { expect, test } from "../fixtures/test";
import { WorkList } from "../pages/worklist";

test.describe.configure({ mode: "serial" });

const PAGES = ["/amt", "/amt/briefe", "/amt/stellungnahmen", "/amt/auskunft", "/amt/einstellungen", "/amt/hilfe"];

/** A certificate of registration that a clerk of hb-mitte has to decide. */
async function applied(page: Page, person: Citizen): Promise<string> {
  return submitted(page, { service: "meldebescheinigung", example: "a_person_decides", person, level: "high" });
}

/** How far below the top of the page something stands, however far the page is scrolled. */
const placeOf = (target: Locator): Promise<number> =>
  target.evaluate((element) => element.getBoundingClientRect().top + window.scrollY);

const references: string[] = [];

test("somebody applies three times", async ({ page }) => {
  test.setTimeout(120_000);
  for (let time = 0; time < 3; time += 1) references.push(await applied(page, "thi-anh"));
});

test("a cancelled and a refused sign-in say why, and the way on leads to the wanted case", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const [reference = ""] = references;
  await page.goto(`/amt/vorgang/${reference}`);
  await desk.pressOn(desk.button("staff.sign_in.submit"));
  await expect(page).toHaveURL(new RegExp(`^${OWN.staff}/`));
  await page.locator('button[value="cancel"]').click();
  await expect(page).toHaveURL(/\/amt\/anmelden\?grund=cancelled&/);
  await expect(page.locator("main")).toContainText(desk.t("staff.reason.cancelled"));
  await portal.inspect();
  await desk.pressOn(desk.button("staff.sign_in.again"));
  await page.locator('input[name=person][value="clerk-hb"]').check();
  await page.locator('input[name=level][value="basic"]').check();
  await page.locator('button[value="sign-in"]').click();
  await expect(page.locator("main")).toContainText(desk.t("staff.reason.failed"));
  await portal.inspect();
  await desk.pressOn(desk.button("staff.sign_in.again"));
  await chooseWorker(page, "clerk-hb");
  await expect(page).toHaveURL(new RegExp(`/amt/vorgang/${reference}$`));
});

test("the list is sorted, filtered and kept as a view with the keyboard alone", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("clerk-hb");
  await expect(desk.heading).toHaveText(t("staff.nav.list"));
  for (const reference of references) await expect(desk.row(reference)).toHaveCount(1);
  await portal.inspect();
  const received = page.getByRole("columnheader", { name: t("staff.list.column.received") });
  await desk.pressOn(received.getByRole("button"));
  await expect(received).toHaveAttribute("aria-sort", "descending");
  await expect(desk.rows.first()).toContainText(references.at(-1) ?? "");
  await expectFocusKept(page);

  await desk.goTo(page.getByLabel(t("staff.filter.state")));
  await page.keyboard.press("End");
  await desk.pressOn(desk.button("staff.filter.submit"));
  await expect(page.locator("main")).toContainText(t("staff.list.empty"));
  await expect(desk.button("staff.filter.submit")).toBeFocused();
  await portal.inspect();

  await desk.pressOn(page.getByText(t("staff.view.manage")));
  await desk.goTo(page.getByLabel(t("staff.view.name")));
  await page.keyboard.type("Eingestellte");
  await desk.pressOn(desk.button("staff.view.save"));
  const view = page.getByRole("link", { name: /^Eingestellte/ });
  await expect(view).toHaveAttribute("aria-current", "page");
  await portal.inspect();
  await desk.pressOn(page.getByRole("button", { name: t("staff.view.remove_named", { name: "Eingestellte" }) }));
  await expect(view).toHaveCount(0);
  await expectFocusKept(page);
  await desk.pressOn(page.getByRole("link", { name: t("staff.filter.reset") }));
  await expect(desk.rows.first()).toBeVisible();
});

test("several cases are assigned after a look, and taken back with one press", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  const [one = "", two = ""] = references;
  await desk.signIn("clerk-hb");
  await desk.pressOn(desk.button("staff.batch.assign"));
  await expect(page.getByRole("alert").filter({ hasText: t("staff.batch.refused.none") })).toBeVisible();
  for (const reference of [one, two]) {
    const where = await placeOf(desk.row(reference));
    await desk.pressOn(desk.tick(reference), "Space");
    await expect(desk.tick(reference)).toBeChecked();
    expect(await placeOf(desk.row(reference)), "ticking moves no row").toBe(where);
  }
  await desk.pressOn(desk.button("staff.batch.assign"));
  const dialog = page.getByRole("dialog", { name: t("staff.batch.assign.title", { count: 2 }) });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel(t("staff.batch.assignee"))).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await tabAndPress(page, desk.button("staff.batch.look"));
  await expect(dialog).toContainText(t("staff.batch.preview", { count: 2 }));
  await portal.inspect();
  await expect(desk.row(one)).toContainText(t("staff.list.nobody"));
  await expect(desk.button("staff.batch.assign.submit", { count: 2 })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("main")).toContainText(t("staff.batch.assign.done", { count: 2 }));
  await expect(desk.row(one)).toContainText("Wiebke Osterloh");
  await portal.inspect();
  await desk.pressOn(page.getByRole("button", { name: t("staff.batch.undo", { time: "" }).split(",")[0] ?? "" }));
  await expect(page.locator("main")).toContainText(t("staff.batch.undo.done", { count: 2 }));
  await expect(desk.row(one)).toContainText(t("staff.list.nobody"));
});

test("a search by name and date of birth leaves nothing in the address", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("clerk-hb");
  const text = page.getByLabel(t("staff.search.text"));
  await desk.goTo(text);
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toContainText(t("staff.search.missing.text"));
  await expect(text).toBeFocused();
  await page.keyboard.type("nguyen");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: t("staff.search.result"), exact: true })).toBeVisible();
  await expect(desk.rows.first()).toContainText("Nguyễn");
  expect(page.url()).toMatch(/\/amt$/);
  await portal.inspect();
  await desk.pressOn(desk.rows.first().getByRole("link"));
  await expect(page).toHaveURL(/\/vorgang\/[0-9A-Z-]{11}\?von=suche$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: t("staff.search.result"), exact: true })).toBeVisible();
  await desk.pressOn(desk.button("staff.search.end"));
  await expect(text).toBeFocused();
});

test("new cases are told and shown on request; focus and rows stay", async ({ page, elsewhere }) => {
  test.setTimeout(90_000);
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("clerk-hb");
  const box = desk.tick(references[0] ?? "");
  await desk.goTo(box);
  const where = await placeOf(box);
  const before = await desk.rows.count();
  const { page: there } = await elsewhere();
  const reference = await applied(there, "thi-anh");
  const news = page.getByRole("button", {
    name: t("staff.list.news.show", { news: t("staff.list.news.added", { count: 1 }) }),
  });
  await expect(news).toBeVisible({ timeout: 25_000 });
  await expect(page.getByRole("status").filter({ hasText: t("staff.list.news.added", { count: 1 }) })).toHaveCount(1);
  await expect(box).toBeFocused();
  expect(await placeOf(box), "news move no row").toBe(where);
  expect(await desk.rows.count()).toBe(before);
  await news.press("Enter");
  await expect(desk.row(reference)).toHaveCount(1);
  references.push(reference);
});

test("letters do nothing until they are switched on, and can be switched off again", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("clerk-hb");
  await desk.heading.focus();
  await page.keyboard.press("s");
  await expect(page.getByLabel(t("staff.search.text"))).not.toBeFocused();
  await desk.pressOn(page.getByRole("link", { name: t("staff.list.keys.switch") }));
  await expect(desk.heading).toHaveText(t("staff.nav.settings"));
  const on = page.getByRole("checkbox", { name: t("staff.settings.shortcuts") });
  await desk.pressOn(on, "Space");
  await desk.pressOn(desk.button("staff.settings.save"));
  await expect(page.getByRole("status").filter({ hasText: t("staff.settings.saved") })).toHaveCount(1);
  await portal.inspect();
  await page.goto("/amt");
  await expect(desk.rows.first()).toBeVisible();
  await desk.heading.focus();
  await page.keyboard.press("j");
  await expect(desk.rows.first().getByRole("link")).toBeFocused();
  await page.keyboard.press("x");
  await expect(desk.rows.first().getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("s");
  await expect(page.getByLabel(t("staff.search.text"))).toBeFocused();
  await page.keyboard.type("jjx");
  await expect(page.getByLabel(t("staff.search.text"))).toHaveValue("jjx");
  await page.goto("/amt/einstellungen");
  await desk.pressOn(on, "Space");
  await desk.pressOn(desk.button("staff.settings.save"));
  await expect(on).not.toBeChecked();
});

test("on the phone the state is told for number and date of birth, nothing else", async ({ page, portal }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("phone");
  await expect(desk.heading).toHaveText(t("staff.status.title"));
  await desk.goTo(page.getByLabel(t("staff.status.reference")));
  await page.keyboard.type(references[0] ?? "");
  await desk.goTo(page.getByLabel(t("staff.status.born")));
  await page.keyboard.type("01.01.1900");
  await desk.pressOn(desk.button("staff.status.ask"));
  await expect(page.locator("main")).toContainText(t("staff.status.unknown"));
  await portal.inspect();
  await page.getByLabel(t("staff.status.born")).fill("14.3.1988");
  await desk.pressOn(desk.button("staff.status.ask"));
  await expect(page.locator("main")).toContainText(t("staff.status.say"));
  await portal.inspect();
  await page.goto("/amt/briefe");
  await expect(desk.heading).toHaveText(t("staff.forbidden.title"));
  await portal.inspect();
});

test("every page of staff keeps the invariants on a narrow screen and in forced colours", async ({ page, portal }) => {
  test.setTimeout(180_000);
  const desk = new WorkList(page);
  await desk.signIn("clerk-hb");
  for (const forcedColors of ["none", "active"] as const) {
    await page.emulateMedia({ forcedColors });
    await page.setViewportSize(forcedColors === "none" ? { width: 320, height: 640 } : { width: 1280, height: 800 });
    for (const address of [...PAGES, "/amt/gibt-es-nicht"]) {
      await test.step(`${address} ${forcedColors}`, async () => {
        await portal.visit(address);
        const { wide, inner } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          inner: window.innerWidth,
        }));
        expect.soft(wide, address).toBeLessThanOrEqual(inner);
      });
    }
  }
});

test("a lead arranges who gets what, an auditor reads what happened", async ({ page, portal, context }) => {
  const desk = new WorkList(page);
  const { t } = desk;
  await desk.signIn("lead-hb", "/amt/verteilung");
  await expect(desk.heading).toHaveText(t("staff.nav.routing"));
  await portal.inspect();
  await desk.pressOn(desk.button("staff.routing.add"));
  await desk.pressOn(desk.button("staff.routing.save"));
  await expect(page.locator("main")).toContainText(t("staff.routing.fault.target"));
  await portal.inspect();
  await desk.goTo(page.getByLabel(t("staff.routing.team")));
  await page.keyboard.type("mitte-melden");
  await desk.pressOn(desk.button("staff.routing.save"));
  await expect(page.getByRole("status").filter({ hasText: t("staff.routing.saved") })).toHaveCount(1);
  await portal.inspect();
  await desk.pressOn(page.getByRole("button", { name: t("staff.routing.remove_named", { place: 1 }) }));
  await desk.pressOn(desk.button("staff.routing.save"));
  await expect(page.locator("main")).toContainText(t("staff.routing.none"));

  await context.clearCookies();
  await desk.signIn("auditor", "/amt/protokoll");
  await expect(desk.heading).toHaveText(t("staff.nav.trail"));
  await expect(page.locator("main")).toContainText(t("staff.trail.action.sign_in"));
  await portal.inspect();
  await desk.goTo(page.getByLabel(t("staff.list.column.case")));
  await page.keyboard.type(references[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(desk.rows.first()).toContainText(references[0] ?? "");
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: t("staff.trail.file") }).click();
  expect((await file).suggestedFilename()).toMatch(/\.csv$/);
});
