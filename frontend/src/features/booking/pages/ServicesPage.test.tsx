import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { createQueryClient } from "../../../api/query";
import { watchNavigation } from "../../../lib/navigation";
import { inLanguage, speak } from "../../../testing/words";
import type { Office, OfficeSummary, Service } from "../types";
import { ServicesPage } from "./ServicesPage";

const place = (slug: string): OfficeSummary => ({
  slug,
  name: `Amt ${slug}`,
  short_name: slug,
  authority: "bremen",
  kind: "permanent",
  address: { street: null, postcode: null, city: "Bremen" },
  bookable: true,
});
const text = (words: string) => ({ text: words, lang: "de" });
const summary = (slug: string, bookable = true) => ({
  slug,
  name: text(slug),
  summary: text(slug),
  short_concern: false,
  bookable,
});
const service = (slug: string, offices: string[]): Service => ({
  ...summary(slug),
  documents: [],
  duration_minutes: 10,
  further_person_minutes: null,
  max_quantity: 2,
  offices: offices.map(place),
  combinable_with: [],
});

/** The first step at an address, with the answers of the backend as given. */
async function firstStep(searchPath: string, services: Service[], offices: Office[], known: Service[] = []) {
  const t = await speak("de", "booking");
  const { hook, searchHook, history } = memoryLocation({ path: "/buchen/leistungen", searchPath, record: true });
  const client = createQueryClient();
  client.setQueryData(["booking", "services", services.map(({ slug }) => slug), "de"], services);
  if (known.length > 0) client.setQueryData(["booking", "services", known.map(({ slug }) => slug), "de"], known);
  client.setQueryData(["booking", "offices", offices.map(({ slug }) => slug), "de"], offices);
  render(
    inLanguage(
      "de",
      <QueryClientProvider client={client}>
        <Router hook={hook} searchHook={searchHook}>
          <ServicesPage />
        </Router>
      </QueryClientProvider>,
    ),
  );
  return { t, history };
}

test("who comes from an office's page chooses among what can be booked there", async () => {
  const office = { ...place("nord"), hours: [], services: [summary("reisepass"), summary("jagdschein", false)] };
  await firstStep("office=nord", [], [office]);
  expect(screen.getByRole("heading", { name: "Amt nord" })).toBeDefined();
  expect(screen.getByRole("link", { name: "reisepass" }).getAttribute("href")).toBe(
    "/buchen/leistungen?service=reisepass:1&office=nord",
  );
  expect(screen.queryByRole("link", { name: "jagdschein" })).toBeNull();
});

test("an office where nothing can be booked has no heading above an empty list", async () => {
  const office = { ...place("nord"), hours: [], services: [summary("jagdschein", false)] };
  const { t } = await firstStep("office=nord", [], [office]);
  expect(screen.getByRole("link", { name: t("booking.services.find") })).toBeDefined();
  expect(screen.queryByRole("heading", { name: "Amt nord" })).toBeNull();
});

test("the link to a service gives focus to the heading of the page when it goes", async () => {
  const passport = service("reisepass", ["nord"]);
  const office = { ...place("nord"), hours: [], services: [summary("reisepass")] };
  watchNavigation();
  const { t } = await firstStep("office=nord", [], [office], [passport]);
  await userEvent.click(screen.getByRole("link", { name: "reisepass" }));
  expect(screen.getByRole("button", { name: t("booking.continue") })).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
});

test("an office that was chosen stays chosen, one that cannot do it is left out", async () => {
  const passport = service("reisepass", ["nord", "mitte"]);
  const { t, history } = await firstStep("service=reisepass:1&office=nord&office=sued", [passport], []);
  await userEvent.click(screen.getByRole("button", { name: t("booking.continue") }));
  expect(history.at(-1)).toBe("/buchen/orte?service=reisepass:1&office=nord");
});
