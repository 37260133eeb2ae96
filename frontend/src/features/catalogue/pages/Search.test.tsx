import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { createQueryClient } from "../../../api/query";
import { inLanguage, speak } from "../../../testing/words";
import { Search } from "./Search";

const LEIKA = "99107023017000";
const named = (slug: string) => ({ slug, name: { text: slug, lang: "de" }, summary: { text: slug, lang: "de" } });
const service = (slug: string) => ({ ...named(slug), life_situation: "reisen", channels: [] });

const fetch = vi.fn<(request: Request) => Promise<Response>>(() => new Promise(() => undefined));

beforeEach(() => void vi.stubGlobal("fetch", fetch));
afterEach(() => void vi.unstubAllGlobals());

function opened(search: string) {
  const client = createQueryClient();
  client.setQueryData(["services", "", "de"], [service("reisepass"), service("passfoto")]);
  client.setQueryData(["life-situations", "de"], [named("reisen")]);
  const { hook, searchHook } = memoryLocation({ path: "/suche", searchPath: search });
  render(
    inLanguage(
      "de",
      <QueryClientProvider client={client}>
        <Router hook={hook} searchHook={searchHook}>
          <Search />
        </Router>
      </QueryClientProvider>,
    ),
  );
  return client;
}

test("a key of the portal network waits for its services, of the region that was asked for", async () => {
  const t = await speak("de", "catalogue");
  const client = opened(`leika=${LEIKA}&ars=040120000000`);
  expect(screen.queryByText(t("catalogue.search.nothing"))).toBeNull();
  expect(fetch.mock.calls.map(([request]) => request.url)).toEqual([
    expect.stringContaining(`/api/v1/leika/${LEIKA}?ars=040120000000`),
  ]);
  act(() => void client.setQueryData(["leika", LEIKA, "040120000000", "de"], ["passfoto"]));
  expect(await screen.findByRole("link", { name: "passfoto" })).toBeDefined();
  expect(screen.queryByRole("link", { name: "reisepass" })).toBeNull();
});

test.each([404, 422])(
  "a key that leads nowhere (%i) finds nothing and shows ways on, on the same page",
  async (status) => {
    const t = await speak("de", "catalogue");
    fetch.mockResolvedValueOnce(
      new Response(JSON.stringify({ status, code: "not_found" }), {
        status,
        headers: { "Content-Type": "application/problem+json" },
      }),
    );
    opened(`leika=${LEIKA}`);
    expect(await screen.findByRole("heading", { name: t("catalogue.search.nothing") })).toBeDefined();
    expect(screen.getAllByRole("heading", { level: 1 }).map((heading) => heading.textContent)).toEqual([
      t("catalogue.search.title"),
    ]);
  },
);
