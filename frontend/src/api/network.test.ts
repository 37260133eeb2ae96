import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { send } from "./network";
import { NO_CONNECTION } from "./problem";

const post = (headers: Record<string, string> = {}) =>
  new Request("http://portal.test/api", { method: "POST", headers, body: "{}" });
const answers = (...list: (Response | Error)[]) => {
  const mock = vi.fn(async () => {
    const next = list.shift();
    if (next instanceof Response) return next;
    throw next ?? new Error("no more answers");
  });
  vi.stubGlobal("fetch", mock);
  return mock;
};
const broken = () => new TypeError("Failed to fetch");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function settled<Value>(promise: Promise<Value>): Promise<PromiseSettledResult<Value>> {
  const [result] = await Promise.all([Promise.allSettled([promise]), vi.runAllTimersAsync()]);
  return result[0];
}

test("reading is tried again on a broken line and on a busy server", async () => {
  const fetch = answers(broken(), new Response("", { status: 503 }), new Response("ok"));
  const result = await settled(send(new Request("http://portal.test/api")));
  expect(result).toMatchObject({ status: "fulfilled", value: { status: 200 } });
  expect(fetch).toHaveBeenCalledTimes(3);
});

test("a change without key is sent once only", async () => {
  const fetch = answers(broken(), new Response("ok"));
  const result = await settled(send(post()));
  expect(result).toMatchObject({ status: "rejected", reason: { code: NO_CONNECTION } });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a change with key is repeated with the same body and key", async () => {
  const fetch = answers(broken(), new Response("ok"));
  const result = await settled(send(post({ "Idempotency-Key": "k-1" })));
  expect(result).toMatchObject({ status: "fulfilled" });
  const calls = fetch.mock.calls as unknown as [Request][];
  expect(calls.map(([request]) => request.headers.get("Idempotency-Key"))).toEqual(["k-1", "k-1"]);
  expect(await Promise.all(calls.map(([request]) => request.text()))).toEqual(["{}", "{}"]);
});

test("a refusal is an answer, not a reason to repeat", async () => {
  const fetch = answers(new Response("", { status: 409 }));
  const result = await settled(send(post({ "Idempotency-Key": "k-2" })));
  expect(result).toMatchObject({ status: "fulfilled", value: { status: 409 } });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("after the last attempt the page hears that there is no connection", async () => {
  const fetch = answers(broken(), broken(), broken(), broken());
  const result = await settled(send(new Request("http://portal.test/api")));
  expect(result).toMatchObject({ status: "rejected", reason: { code: NO_CONNECTION } });
  expect(fetch).toHaveBeenCalledTimes(4);
});

/** A line on which nothing ever comes back; it ends only when it is given up. */
const silent = () => {
  const mock = vi.fn(
    (_: Request, { signal }: RequestInit) =>
      new Promise<Response>((_done, fail) => {
        const give = () => fail(new DOMException("given up", "AbortError"));
        if (signal?.aborted) give();
        signal?.addEventListener("abort", give);
      }),
  );
  vi.stubGlobal("fetch", mock);
  return mock;
};

test("an answer that never comes is given up, also in a browser without AbortSignal.any", async () => {
  vi.stubGlobal("AbortSignal", { ...AbortSignal, any: undefined, timeout: undefined });
  const fetch = silent();
  const result = await settled(send(post()));
  expect(result).toMatchObject({ status: "rejected", reason: { code: NO_CONNECTION } });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a request that its page ended is not sent again and is no broken line", async () => {
  const fetch = silent();
  const page = new AbortController();
  const sending = send(new Request("http://portal.test/api", { signal: page.signal }));
  page.abort();
  const result = await settled(sending);
  expect(result).toMatchObject({ status: "rejected", reason: { name: "AbortError" } });
  expect(fetch).toHaveBeenCalledTimes(1);
});
