import type { Request } from "@playwright/test";
import { linkIn, newestMail } from "../fixtures/mails";
import { expect, test } from "../fixtures/test";
import { Booking, ONE_ID_CARD, visitor } from "../pages/booking";

test("every kind of page carries the strict policy and the other headers", async ({ request }) => {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ];
  for (const address of ["/de/", "/ar/buchen/daten", "/de/gibt-es-nicht", "/api/v1/portal", "/api/v1/nichts"]) {
    const headers = (await request.get(address)).headers();
    const parts = (headers["content-security-policy"] ?? "").split("; ");
    for (const part of policy) expect(parts, address).toContain(part);
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|https?:|\*/);
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["set-cookie"]).toBeUndefined();
  }
});

test("no secret and nothing typed in any address, and nothing stays behind in the browser", async ({
  page,
  portal,
}) => {
  const booking = new Booking(page);
  const person = visitor("Ġorġ", "Zammit");
  const sent: Request[] = [];
  page.on("request", (request) => sent.push(request));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      throw new Error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await booking.openTimes(ONE_ID_CARD);
  await booking.takeTime();
  await booking.fillPerson(person);
  await booking.bind();
  const secrets = [person.email, person.family, person.given];
  const request = linkIn(await newestMail(person.email), "/bestaetigen#c=");
  secrets.push(request.split("#c=")[1] ?? "");
  await page.goto(request);
  await expect(page).not.toHaveURL(/#/);
  await booking.button("booking.confirm.title").click();
  await booking.expectPage("booking.done.booked.title");
  const own = linkIn(await newestMail(person.email, 2), "#s=");
  secrets.push(own.split("#s=")[1] ?? "");
  await page.goto(own);
  await booking.expectPage("booking.done.booked.title");
  await expect(page).not.toHaveURL(/#/);
  await page.reload();
  await booking.expectPage("booking.done.booked.title");
  await portal.inspect();

  expect(sent.length).toBeGreaterThan(20);
  expect(Math.min(...secrets.map((secret) => secret.length))).toBeGreaterThan(3);
  for (const one of sent) {
    const referer = (await one.allHeaders())["referer"] ?? "";
    expect(referer).toBe("");
    for (const secret of secrets) {
      expect(one.url()).not.toContain(secret);
      expect(one.url()).not.toContain(encodeURIComponent(secret));
    }
  }
  const stored = await page.evaluate(() => ({
    draft: JSON.stringify({ ...sessionStorage }),
    local: localStorage.length,
    cookies: document.cookie,
    entries: performance.getEntriesByType("navigation").map(({ name }) => name),
  }));
  for (const typed of [person.email, person.family, person.given]) expect(stored.draft).not.toContain(typed);
  expect(stored.local).toBe(0);
  expect(stored.cookies).toBe("");
  for (const entry of stored.entries) expect(entry).not.toContain("#s=");
  const databases = await page.evaluate(async () => (await indexedDB.databases()).length);
  expect(databases).toBe(0);
});

test("a foreign page can neither frame the portal nor read its interface", async ({ request, baseURL }) => {
  const foreign = await request.get("/api/v1/portal", { headers: { Origin: "https://example.org" } });
  expect(foreign.headers()["access-control-allow-origin"]).toBeUndefined();
  const posted = await request.post("/api/v1/appointments/open", {
    headers: { Origin: "https://example.org", "Sec-Fetch-Site": "cross-site" },
    data: { reference: "K7M-3DX-9PC", code: "4HTQRA" },
  });
  expect(posted.status()).toBe(403);
  const page = await request.get("/de/", { headers: { Host: "example.org" } });
  expect(await page.text()).not.toContain("example.org");
  expect(baseURL).toBeDefined();
});
