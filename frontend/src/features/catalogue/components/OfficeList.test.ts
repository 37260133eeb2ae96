import { expect, test } from "vitest";
import { addressLine } from "./OfficeList";

const known = { street: "Martinistraße 3", postcode: "28195", city: "Bremen" };
const unknown = { street: null, postcode: null, city: "Bremerhaven" };

test("an address is one line of what is known", () => {
  expect(addressLine(known)).toBe("Martinistraße 3, 28195 Bremen");
  expect(addressLine(unknown)).toBe("Bremerhaven");
});

test("a stop begins with its building, also where the street is unknown", () => {
  expect(addressLine({ ...unknown, name: "Stadtteilbibliothek Leherheide" })).toBe(
    "Stadtteilbibliothek Leherheide, Bremerhaven",
  );
});
