import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createFormat } from "../../../../i18n/format";
import { speakStaff } from "../../../../testing/words";
import { eventsSince, eventText, KINDS, type CaseEvent } from "./events";

const t = speakStaff();
const format = createFormat("de", t);

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, "../../../../../..", file), "utf-8");

/** The kinds that the server can send, as its description of the interface lists them. */
function kindsOfServer(): string[] {
  const api = JSON.parse(read("backend/openapi.json")) as {
    components: { schemas: { CaseEvent: { properties: { type: { enum: string[] } } } } };
  };
  return api.components.schemas.CaseEvent.properties.type.enum;
}

/** The members of an enumeration of the backend: `TAKEN = "taken"`. */
function membersOf(file: string, name: string): string[] {
  const source = read(file);
  const [, body = ""] = new RegExp(`class ${name}\\(StrEnum\\):([\\s\\S]*?)\\n\\n\\n`).exec(source) ?? [];
  return [...body.matchAll(/^ {4}[A-Z_]+ = "([a-z_]+)"/gm)].map(([, word]) => word ?? "");
}

const event = (type: string, data: Record<string, unknown> = {}, more: Partial<CaseEvent> = {}): CaseEvent => ({
  type: type as CaseEvent["type"],
  data,
  revision: 1,
  at: "2026-11-23T09:58:00Z",
  actor: "11111111-1111-4111-8111-111111111111",
  actor_name: "Kim Muster",
  to_name: null,
  ...more,
});

const say = (...given: Parameters<typeof event>): string => eventText(event(...given), t, format);

test("every kind of event of the server has its sentence, and no other", () => {
  const happened = membersOf("backend/casework/types.py", "Happened");
  const happenings = membersOf("backend/applications/types.py", "Happening").map((word) => `application.${word}`);
  expect(happened).toContain("taken");
  expect(happenings).toContain("application.received");
  expect([...KINDS].sort()).toEqual(kindsOfServer().sort());
  expect([...KINDS].sort()).toEqual([...happened, ...happenings].sort());
});

test.each(KINDS)("%s is a German sentence, with and without values", (kind) => {
  const values = {
    state: "booked",
    due_on: "2026-12-04",
    cents: 7500,
    outcome: "granted",
    labels: ["eilig"],
    to: "22222222-2222-4222-8222-222222222222",
    starts_at: "2026-12-01T08:00:00Z",
  };
  const sentence = say(kind, values, { to_name: "Robin Demo" });
  expect(sentence).toMatch(/^[A-ZÄÖÜ][^{}_]+$/);
  expect(sentence).not.toContain("staff.");
  expect(() => say(kind)).not.toThrow();
});

test("who gives a case to whom is told by name", () => {
  const me = "11111111-1111-4111-8111-111111111111";
  expect(say("taken")).toBe("Kim Muster übernimmt den Vorgang");
  expect(say("assigned", { to: me })).toBe("Kim Muster übernimmt den Vorgang");
  expect(say("assigned", { to: "x" }, { to_name: "Robin Demo" })).toBe("Kim Muster gibt den Vorgang an Robin Demo");
  expect(say("assigned", { to: null })).toBe("Kim Muster gibt den Vorgang frei");
  expect(say("taken", {}, { actor_name: null })).toBe("Jemand aus dem Amt übernimmt den Vorgang");
});

test("values stand in the sentence as staff read them", () => {
  expect(say("application.fee_set", { cents: 7500 })).toBe("Gebühr festgesetzt: 75,00\u00a0€");
  expect(say("application.payment", { state: "booked" })).toBe("Zahlung: bezahlt");
  expect(say("application.request_opened", { due_on: "2026-12-04" })).toBe(
    "Kim Muster fordert etwas nach, Frist bis 4.12.2026",
  );
  expect(say("application.granted", { automatic: true })).toContain("automatisch");
  expect(say("proposed", { outcome: "refused", second: true })).toContain("zweite Prüfung");
  expect(say("application.appointment", { state: "cancelled" })).toBe("Termin abgesagt");
});

test("a kind that a newer server knows is shown by its word", () => {
  expect(say("teleported")).toBe("teleported");
});

test("what is new since a revision", () => {
  const timeline = [1, 2, 3].map((revision) => event("noted", {}, { revision }));
  expect(eventsSince(timeline, 2).map(({ revision }) => revision)).toEqual([3]);
  expect(eventsSince(timeline, 3)).toEqual([]);
});
