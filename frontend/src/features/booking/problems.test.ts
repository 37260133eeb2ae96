import { beforeAll, expect, test } from "vitest";
import { ApiProblem } from "../../api/problem";
import { createFormat, type Format } from "../../i18n/format";
import type { Translate } from "../../i18n/text";
import { speak } from "../../testing/words";
import { alternativesOf, faultText, problemText } from "./problems";

let t: Translate;
let format: Format;

beforeAll(async () => {
  t = await speak("de", "common", "booking");
  format = createFormat("de", t);
});

test("a known code has its own words, whatever the status", () => {
  expect(problemText(new ApiProblem({ status: 409, code: "contact_limit" }), t, format)).toContain(
    "kein weiterer Termin",
  );
  expect(problemText(new ApiProblem({ code: "no_connection" }), t, format)).toContain("nichts doppelt gebucht");
});

test("the code of a single error explains a general refusal", () => {
  const errors = [{ pointer: "/starts_at", code: "too_soon", params: {} }];
  expect(problemText(new ApiProblem({ status: 422, code: "invalid", errors }), t, format)).toContain(
    "nicht mehr buchen",
  );
});

test("too many requests say how long to wait", () => {
  expect(problemText(new ApiProblem({ status: 429, code: "too_many_requests" }, 90), t, format)).toContain("2 Minuten");
});

test("an unknown refusal is our fault, with a number for the phone", () => {
  const text = problemText(
    new ApiProblem({ status: 500, code: "odd", instance: "urn:uuid:3f2a91bc-0c3e-4f0e-8f0c-2f6f0f7f3a11" }),
    t,
    format,
  );
  expect(text).toContain("technisches Problem");
  expect(text).toContain("Fehlernummer: 3F2A91BC");
});

test("messages at fields name what to do, and know persons with one name", () => {
  const missing = { pointer: "/person/family_name", code: "required" };
  expect(faultText(missing, false, t)).toBe("Geben Sie Ihren Familiennamen ein");
  expect(faultText(missing, true, t)).toBe("Geben Sie Ihren Namen ein");
  expect(faultText({ pointer: "/person/given_name", code: "name_script" }, false, t)).toContain(
    "lateinischen Buchstaben",
  );
});

test("alternatives that are none are left out", () => {
  const slot = { office: "a", starts_at: "x", ends_at: "y" };
  expect(alternativesOf(new ApiProblem({ alternatives: [slot, null, 3, {}] }))).toEqual([slot]);
  expect(alternativesOf(new ApiProblem({ alternatives: "none" }))).toEqual([]);
});
