import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { inLanguage, speak } from "../testing/words";
import { Help } from "./Help";

test("the way to Leichte Sprache keeps page and query", async () => {
  const t = await speak("de");
  const { hook, searchHook } = memoryLocation({ path: "/de/buchen/zeit", searchPath: "service=reisepass:2" });
  render(
    inLanguage(
      "de",
      <Router base="/de" hook={hook} searchHook={searchHook}>
        <Help phone="115" signLanguageFilm={null} />
      </Router>,
    ),
  );
  const link = screen.getByRole("link", { name: t("common.help.simple.link") });
  expect(link.getAttribute("href")).toBe("/de-simple/buchen/zeit?service=reisepass:2");
});
