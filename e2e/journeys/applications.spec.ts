import { expect, test } from "../fixtures/test";
import type { Citizen, Level } from "../fixtures/oidc/account";
import { answersOf, Applying } from "../pages/applying";

/** Every service, with an example of its own package, the person and level that can send it. */
const SERVICES: readonly { service: string; example: string; person: Citizen; level: Level }[] = [
  { service: "meldebescheinigung", example: "simple_at_once", person: "thi-anh", level: "high" },
  { service: "bewohnerparkausweis", example: "new_own_car", person: "mulyani", level: "substantial" },
  { service: "wohnsitz-anmelden", example: "whole_family", person: "thi-anh", level: "high" },
  { service: "geburtsurkunde", example: "three_copies", person: "mulyani", level: "substantial" },
  { service: "gewerbe", example: "single_person", person: "rim", level: "basic" },
];

for (const language of ["uk", "de-simple"] as const) {
  for (const { service, example, person, level } of SERVICES) {
    test(`${service} in ${language} with the keyboard only`, async ({ page, portal }) => {
      test.setTimeout(240_000);
      const applying = new Applying(page, language);
      await applying.begin(service, person, level);
      await portal.inspect();
      await applying.fill(answersOf(service, example), portal.inspect);
      await portal.inspect();
      const reference = await applying.send();
      await portal.inspect();
      await expect(page.locator("main")).toContainText(reference);
      expect(await applying.code()).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/);
      await expect(applying.button("applications.status.undo")).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
    });
  }
}
