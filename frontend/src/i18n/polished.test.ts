import { expect, test } from "vitest";
import { polished } from "./polished";

test("a word with a hyphen that is one word is not torn apart", () => {
  expect(polished("Per E-Mail, an Ihre E-Mail-Adresse")).toBe("Per E-\u2060Mail, an Ihre E-\u2060Mail-Adresse");
  expect(polished("E-postadan, e-posta")).toBe("E-\u2060postadan, e-\u2060posta");
  expect(polished("Online-Ausweis, HB-AB 123")).toBe("Online-Ausweis, HB-AB 123");
});

test("the dot of an abbreviation ends its sentence too", () => {
  expect(polished("до: 6 грудня 2026 р.. Потрібно більше часу?")).toBe("до: 6 грудня 2026 р. Потрібно більше часу?");
  expect(polished("Відкрито …")).toBe("Відкрито …");
});
