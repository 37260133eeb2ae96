import { cancelAccount, chooseAccount, confirmSignOut } from "../fixtures/oidc/account";
import { OWN } from "../fixtures/portals";
import { expect, test } from "../fixtures/test";

/** What the browser itself does on the way to the account provider and back: another site, strict cookies, real redirects. */
const SIGN_IN = "/api/v1/auth/citizen";

interface Session {
  signed_in: boolean;
  level: string;
  name: string | null;
}

test.describe("signing in at an independent account provider", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto("/de/");
  });

  const call = async (page: import("@playwright/test").Page, path: string, body?: object): Promise<unknown> =>
    page.evaluate(
      async ([address, sent]) => {
        const headers = { "Content-Type": "application/json", "X-Amtsweg": "1" };
        const method = sent === null ? "GET" : "POST";
        const answer = await fetch(address, { method, ...(sent === null ? {} : { headers, body: sent }) });
        return answer.json();
      },
      [SIGN_IN + path, body === undefined ? null : JSON.stringify(body)] as const,
    );

  const start = { level: "substantial", return_to: { page: "home", params: {} }, language: "de" };

  test("the person comes back signed in, and out again", async ({ page, context }) => {
    const { location } = (await call(page, "/sign-in", start)) as { location: string };
    expect(location.startsWith(`${OWN.citizens}/`)).toBe(true);
    await page.goto(location);
    await chooseAccount(page, "cagla", "high");
    await expect
      .poll(async () => (await call(page, "/session")) as Session)
      .toMatchObject({
        signed_in: true,
        level: "high",
        name: expect.stringContaining("Karaağaçlı"),
      });
    const cookie = (await context.cookies()).find(({ name }) => name === "__Host-amtsweg");
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: "Strict", path: "/" });
    const out = (await call(page, "/sign-out", {})) as { location: string };
    await page.goto(out.location);
    await confirmSignOut(page);
    expect(await call(page, "/session")).toMatchObject({ signed_in: false });
  });

  test("giving up is a page of the portal, not an error", async ({ page }) => {
    const { location } = (await call(page, "/sign-in", start)) as { location: string };
    await page.goto(location);
    await cancelAccount(page);
    await expect(page).toHaveURL(/\/de\/anmelden\?grund=cancelled/);
    await expect(page.locator("h1")).toBeVisible();
    expect(await call(page, "/session")).toMatchObject({ signed_in: false });
  });
});
