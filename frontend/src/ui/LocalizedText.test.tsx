import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { inLanguage, speak } from "../testing/words";
import { LocalizedText } from "./LocalizedText";

test("a German text on an Arabic page is marked, left to right, and said to be German", async () => {
  await speak("ar");
  render(inLanguage("ar", <LocalizedText text={{ text: "Stufenloser Eingang", lang: "de" }} as="block" />));
  const german = screen.getByText("Stufenloser Eingang");
  expect(german.getAttribute("lang")).toBe("de");
  expect(german.getAttribute("dir")).toBe("ltr");
  expect(screen.getByText("هذا الجزء متاح باللغة الألمانية فقط.")).toBeTruthy();
});

test("a text in the page's own language stands alone", async () => {
  await speak("de-simple");
  render(inLanguage("de-simple", <LocalizedText text={{ text: "Eingang ohne Stufen", lang: "de-simple" }} />));
  expect(document.body.innerHTML).not.toContain("lang=");
});
