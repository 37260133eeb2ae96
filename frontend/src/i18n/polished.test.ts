import { expect, test } from "vitest";
import { polished } from "./polished";

test("a word with a hyphen that is one word is not torn apart", () => {
  expect(polished("Per E-Mail, an Ihre E-Mail-Adresse")).toBe("Per E-\u2060Mail, an Ihre E-\u2060Mail-Adresse");
  expect(polished("E-postadan, e-posta")).toBe("E-\u2060postadan, e-\u2060posta");
  expect(polished("Online-Ausweis, HB-AB 123")).toBe("Online-Ausweis, HB-AB 123");
});

test("a number with hyphens keeps to one line", () => {
  expect(polished("zum Beispiel K7M-3DX-9PC")).toBe("zum Beispiel K7M-\u20603DX-\u20609PC");
  expect(polished("4HT-QRA")).toBe("4HT-\u2060QRA");
  expect(polished("PDF-Datei")).toBe("PDF-Datei");
});

test("the dot of an abbreviation ends its sentence too", () => {
  expect(polished("до: 6 грудня 2026 р.. Потрібно більше часу?")).toBe("до: 6 грудня 2026 р. Потрібно більше часу?");
  expect(polished("Відкрито …")).toBe("Відкрито …");
});
