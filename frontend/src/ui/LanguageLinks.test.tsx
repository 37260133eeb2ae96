import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { inLanguage, speak } from "../testing/words";
import { LanguageLinks } from "./LanguageLinks";

test("each language is named by itself and keeps page and query", async () => {
  await speak("ar");
  const { hook, searchHook } = memoryLocation({ path: "/ar/suche", searchPath: "q=Perso" });
  render(
    inLanguage(
      "ar",
      <Router base="/ar" hook={hook} searchHook={searchHook}>
        <LanguageLinks />
      </Router>,
    ),
  );
  const links = screen.getAllByRole("link");
  expect(links.map((link) => [link.textContent, link.getAttribute("href"), link.lang])).toEqual([
    ["Deutsch", "/de/suche?q=Perso", "de"],
    ["Leichte Sprache", "/de-simple/suche?q=Perso", "de"],
    ["English", "/en/suche?q=Perso", "en"],
    ["Türkçe", "/tr/suche?q=Perso", "tr"],
    ["Українська", "/uk/suche?q=Perso", "uk"],
  ]);
  const current = within(screen.getByRole("list")).getByText("العربية");
  expect(current).toHaveProperty("dir", "rtl");
  expect(current.getAttribute("aria-current")).toBe("true");
});
