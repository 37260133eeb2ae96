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

test("German terms inside a translation are marked for the voice that reads them", async () => {
  await speak("uk");
  render(inLanguage("uk", <LocalizedText text={{ text: "паспорт (Reisepass) у місті Bremen", lang: "uk" }} />));
  const marked = [...document.querySelectorAll("[lang=de]")].map(({ textContent }) => textContent);
  expect(marked).toEqual(["Reisepass", "Bremen"]);
  expect(document.body.textContent).toBe("паспорт (Reisepass) у місті Bremen");
});

test("a plate, a name with an accent and a legal form stay in one piece on an Arabic page", async () => {
  await speak("ar");
  const text = "مثال: HB-AB 123. مثال: Café Weserblick، وكذلك GmbH & Co. KG (Teil I, Fahrzeugschein).";
  render(inLanguage("ar", <LocalizedText text={{ text, lang: "ar" }} />));
  const marked = [...document.querySelectorAll("[lang=de]")].map(({ textContent }) => textContent);
  expect(marked).toEqual(["HB-AB 123", "Café Weserblick", "GmbH & Co. KG", "Teil I, Fahrzeugschein"]);
  expect(document.body.textContent).toBe(text);
});

test("split compounds may break at their dots", async () => {
  await speak("de-simple");
  render(inLanguage("de-simple", <LocalizedText text={{ text: "Aufenthalts·erlaubnis", lang: "de-simple" }} />));
  expect(document.body.innerHTML).toContain("Aufenthalts·<wbr>erlaubnis");
});
