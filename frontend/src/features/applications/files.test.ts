import { expect, test } from "vitest";
import { fileSize, isUsable } from "./files";

const format = { number: (value: number) => new Intl.NumberFormat("de-DE").format(value) };

test.each([
  [12, "1 kB"],
  [420_000, "420 kB"],
  [1_240_000, "1,2 MB"],
])("%i bytes are %s", (bytes, text) => expect(fileSize(bytes, format)).toBe(text));

test.each([
  ["receiving", null, false],
  ["pending", null, true],
  ["clean", null, true],
  ["infected", "virus", false],
  ["failed", "damaged", false],
  ["failed", "scanner_unavailable", true],
] as const)("%s %s can be sent: %s", (state, reason, usable) => expect(isUsable({ state, reason })).toBe(usable));
