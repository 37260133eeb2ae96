import { afterEach, expect, test, vi } from "vitest";
import { client, unwrap } from "./client";
import { UNREADABLE_ANSWER } from "./problem";

function answer(body: string, status = 200, headers: Record<string, string> = {}) {
  const mock = vi.fn<(request: Request) => Promise<Response>>(
    async () => new Response(status === 204 ? null : body, { status, headers }),
  );
  vi.stubGlobal("fetch", mock);
  return () => mock.mock.calls[0]?.[0] as Request;
}

afterEach(() => vi.unstubAllGlobals());

test("a list is repeated in the query, nothing stays empty, a path is escaped", async () => {
  const sent = answer("{}");
  const query = { service: ["a:1", "b:2"], office: undefined, days: 14 };
  await unwrap(client.GET("/api/v1/availability", { params: { query } } as never));
  expect(new URL(sent().url).search).toBe("?service=a%3A1&service=b%3A2&days=14");
  await unwrap(client.GET("/api/v1/services/{slug}", { params: { path: { slug: "a/../b" } } } as never));
  expect(vi.mocked(fetch).mock.lastCall?.[0]).toHaveProperty("url", expect.stringMatching(/\/services\/a%2F\.\.%2Fb$/));
});

test("a change is sent as JSON with its secret and the mark of an own page", async () => {
  const sent = answer('{"secret":"s"}');
  const params = { header: { "X-Amtsweg-Secret": "k" } };
  await unwrap(client.POST("/api/v1/appointments/open", { params, body: { reference: "r", code: "c" } } as never));
  const request = sent();
  expect(request.method).toBe("POST");
  expect(["Content-Type", "X-Amtsweg", "X-Amtsweg-Secret"].map((name) => request.headers.get(name))).toEqual([
    "application/json",
    "1",
    "k",
  ]);
  expect(await request.json()).toEqual({ reference: "r", code: "c" });
});

test("a problem document is thrown with its code and the time to wait", async () => {
  answer('{"status":429,"code":"too_many","instance":"x-1"}', 429, { "Retry-After": "30" });
  await expect(unwrap(client.GET("/api/v1/portal", {}))).rejects.toMatchObject({
    status: 429,
    code: "too_many",
    number: "X-1",
    retryAfter: 30,
  });
});

test("a page of a proxy in place of an answer is said to be unreadable", async () => {
  answer("<html>", 200);
  await expect(unwrap(client.GET("/api/v1/portal", {}))).rejects.toMatchObject({ code: UNREADABLE_ANSWER });
});

test("an answer without content is good", async () => {
  answer("", 204);
  await expect(unwrap(client.POST("/api/v1/holds", {} as never))).resolves.toBeUndefined();
});
