import { describe, expect, test } from "vitest";
import { reasonOf, wantedAt, wantedOf } from "./model";

const DRAFT = "0190a6f2-0000-7000-8000-000000000000";

describe("where a sign-in leads back to", () => {
  test.each([
    [`/antrag/gewerbe/${DRAFT}`, "draft", { service: "gewerbe", draft: DRAFT }],
    [`/antrag/gewerbe/${DRAFT}/kind.2`, "draft", { service: "gewerbe", draft: DRAFT }],
    ["/antrag/gewerbe", "form_start", { service: "gewerbe" }],
    ["/antraege/K7M-3DX-9PC/bezahlt", "application", { reference: "K7M-3DX-9PC" }],
    ["/konto/daten", "my_data", {}],
    ["/antrag/weiter", "account", {}],
    ["/anmelden", "account", {}],
  ])("%s", (path, page, params) => expect(wantedAt(path).to).toEqual({ page, params }));

  test("the exact page of a draft is remembered, and the level that was asked for", () => {
    expect(wantedAt(`/antrag/gewerbe/${DRAFT}/kind.2`, "high")).toMatchObject({
      level: "high",
      path: `/antrag/gewerbe/${DRAFT}/kind.2`,
    });
  });
});

test.each([
  ["grund=failed&stufe=high&ziel=form_start&service=gewerbe", "form_start", { service: "gewerbe" }],
  ["grund=failed&stufe=high&ziel=account", "account", {}],
])("the server names where a failed sign-in was to lead: %s", (query, page, params) => {
  expect(wantedOf(query)).toEqual({ level: "high", to: { page, params }, path: null });
});

test.each(["grund=failed", "ziel=draft&service=gewerbe", "ziel=https://example.org"])("%s names no page", (query) => {
  expect(wantedOf(query)).toBeNull();
});

test.each([
  ["grund=cancelled", "cancelled"],
  ["grund=<script>", null],
  ["", null],
])("the reason of %s", (query, reason) => expect(reasonOf(query)).toBe(reason));
