import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { inLanguage, speak } from "../testing/words";
import { LANGUAGES } from "./languages";
import { T } from "./text";

test("elements stand where the text of the language wants them", async () => {
  await speak("tr");
  render(inLanguage("tr", <T id="common.step" values={{ now: 2, total: 5, name: <b>Yer</b> }} />));
  expect(screen.getByText("Yer").tagName).toBe("B");
  expect(document.body.textContent).toBe("Adım 2 / 5: Yer");
});

const TYPED = "<b>7</b>";

test("a typed value that looks like a tag stays text", async () => {
  await speak("de");
  render(inLanguage("de", <T id="common.error.number" values={{ number: TYPED }} />));
  expect(document.body.textContent).toBe(`Fehlernummer: ${TYPED}`);
});

test.each(LANGUAGES)("plural forms of %s are complete for 0 to 100", async (language) => {
  const t = await speak(language, "catalogue");
  for (let count = 0; count <= 100; count += 1) {
    expect(t("catalogue.search.count", { count })).not.toMatch(/[{}#]|^$/);
  }
});
