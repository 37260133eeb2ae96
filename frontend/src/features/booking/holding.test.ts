import { beforeEach, expect, test, vi } from "vitest";
import { abandon, book, holdAgain, holdTime, needsOtherTime } from "./holding";
import { EMPTY, type Selection } from "./model";
import { emptyDraft, loadDraft, loadGuest, saveDraft } from "./storage";
import type { Slot } from "./types";

/** The wire is replaced, so that answers can get lost; the journeys in the browser use the real server. */
interface Sent {
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}

const sent: Sent[] = [];
let answers: (Response | Error)[] = [];

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

const refusal = (status: number, code: string, extra: object = {}) =>
  json(status, { status, code, errors: [], ...extra });

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const slot: Slot = {
  office: "bsc-mitte",
  starts_at: "2026-11-24T08:15:00+01:00",
  ends_at: "2026-11-24T08:30:00+01:00",
};
const held = (hold_id: string) => ({
  ...slot,
  hold_id,
  secret: `s-${hold_id}`,
  expires_at: inMinutes(15),
  extensions_left: 10,
});
const booked = { reference: "K7M-3DX-9PC", secret: "geheim", code: "4HTQRA", state: "unconfirmed" };
const selection: Selection = { ...EMPTY, services: [{ service: "reisepass", quantity: 1 }] };
const typed = { ...emptyDraft().typed, givenName: " Ada ", familyName: "Lovelace", email: "ada@example.org" };

beforeEach(() => {
  sent.length = 0;
  answers = [];
  window.sessionStorage.clear();
  saveDraft(emptyDraft());
  vi.stubGlobal("fetch", async (request: Request) => {
    const body = (await request.clone().json()) as Record<string, unknown>;
    sent.push({ path: new URL(request.url).pathname, key: request.headers.get("Idempotency-Key"), body });
    const answer = answers.shift() ?? new TypeError("network");
    if (answer instanceof Error) throw answer;
    return answer;
  });
});

const keys = (path: string) => sent.filter((one) => one.path === path).map(({ key }) => key);

test("the hold is kept with what it is for, and not asked for twice", async () => {
  answers = [json(201, held("h1"))];
  await holdTime(slot, selection, "de", null);
  await holdTime(slot, selection, "tr", null);
  expect(sent).toHaveLength(1);
  expect(loadDraft().hold?.hold_id).toBe("h1");
});

test("another time is held first, then the old one is given back", async () => {
  answers = [json(201, held("h1")), json(201, held("h2")), new Response(null, { status: 204 })];
  await holdTime(slot, selection, "de", null);
  await holdTime({ ...slot, office: "bsc-nord" }, selection, "de", null);
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent.map(({ path }) => path)).toEqual(["/api/v1/holds", "/api/v1/holds", "/api/v1/holds/h1/release"]);
  expect(loadDraft().hold?.hold_id).toBe("h2");
});

test("a time that somebody else took leaves the old hold and what was typed alone", async () => {
  saveDraft({ typed });
  answers = [json(201, held("h1")), refusal(409, "slot_taken", { alternatives: [slot, { bad: 1 }] })];
  await holdTime(slot, selection, "de", null);
  const other = holdTime({ ...slot, office: "bsc-nord" }, selection, "de", null);
  await expect(other).rejects.toMatchObject({ code: "slot_taken" });
  expect(loadDraft().hold?.hold_id).toBe("h1");
  expect(loadDraft().typed.familyName).toBe("Lovelace");
});

test("after a refusal the next attempt is a new intent", async () => {
  answers = [refusal(409, "slot_taken"), json(201, held("h1"))];
  await expect(holdTime(slot, selection, "de", null)).rejects.toMatchObject({ status: 409 });
  await holdTime(slot, selection, "de", null);
  const [first, second] = keys("/api/v1/holds");
  expect(first).not.toBe(second);
});

test("a proof makes another body and therefore another key", async () => {
  answers = [refusal(428, "proof_required", { challenge: {} }), json(201, held("h1"))];
  await expect(holdTime(slot, selection, "de", null)).rejects.toMatchObject({ code: "proof_required" });
  await holdTime(slot, selection, "de", "solved");
  expect(sent[1]?.body).toMatchObject({ proof: "solved" });
  expect(new Set(keys("/api/v1/holds")).size).toBe(2);
});

test("a lost answer is asked for again with the same key, so that one appointment is made", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  answers = [json(201, held("h1"))];
  await holdTime(slot, selection, "de", null);
  saveDraft({ typed });
  const lost = book("de", null).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  expect(await lost).toMatchObject({ code: "no_connection" });
  answers = [json(201, booked)];
  const again = book("de", null);
  await vi.runAllTimersAsync();
  await again;
  vi.useRealTimers();
  const used = keys("/api/v1/appointments");
  expect(used.length).toBeGreaterThan(2);
  expect(new Set(used).size).toBe(1);
});

test("after booking the tab knows the appointment and nothing else", async () => {
  saveDraft({ typed });
  answers = [json(201, held("h1")), json(201, booked)];
  await holdTime(slot, selection, "de", null);
  expect(await book("uk", null)).toMatchObject({ reference: "K7M-3DX-9PC" });
  expect(sent[1]?.body).toMatchObject({
    hold_id: "h1",
    secret: "s-h1",
    person: { given_name: "Ada", family_name: "Lovelace" },
    contact: { email: "ada@example.org", mobile: null },
    language: "uk",
  });
  expect(loadGuest("K7M-3DX-9PC")).toEqual({ secret: "geheim", code: "4HTQRA" });
  expect(loadDraft().typed.familyName).toBe("");
  expect(await book("uk", null)).toMatchObject({ reference: "K7M-3DX-9PC" });
  expect(sent).toHaveLength(2);
});

test("a person with one name sends no given name", async () => {
  saveDraft({ typed: { ...typed, oneName: true, familyName: "Sukarno" } });
  answers = [json(201, held("h1")), json(201, booked)];
  await holdTime(slot, selection, "de", null);
  await book("de", null);
  expect(sent[1]?.body).toMatchObject({ person: { given_name: null, family_name: "Sukarno" } });
});

test("faults of fields are kept for the page with the fields", async () => {
  saveDraft({ typed });
  const errors = [{ pointer: "/person/family_name", code: "name_characters", params: {} }];
  answers = [json(201, held("h1")), refusal(422, "invalid", { errors })];
  await holdTime(slot, selection, "de", null);
  await expect(book("de", null)).rejects.toMatchObject({ status: 422 });
  expect(loadDraft().faults).toEqual(errors);
  expect(loadDraft().typed.email).toBe("ada@example.org");
});

test("a hold that ran out is extended if it still lives at the server, else made again", async () => {
  const over = { ...held("h1"), expires_at: inMinutes(-1) };
  saveDraft({ hold: over, selection });
  answers = [json(200, { expires_at: inMinutes(15), extensions_left: 9 })];
  expect((await holdAgain("de", null)).hold_id).toBe("h1");
  saveDraft({ hold: over, selection });
  answers = [refusal(410, "hold_expired"), json(201, held("h2"))];
  expect((await holdAgain("de", null)).hold_id).toBe("h2");
  expect(loadDraft().hold?.hold_id).toBe("h2");
});

test("a hold that another tab booked gives that appointment, however long ago it ran out", async () => {
  saveDraft({ hold: { ...held("h1"), expires_at: inMinutes(-20) }, selection, typed });
  answers = [json(201, { reference: "K7M3DX9PC", secret: "s", code: "ABC234", state: "booked" })];
  expect((await book("de", null)).reference).toBe("K7M3DX9PC");
});

test("a hold that is really over is made again and booked", async () => {
  saveDraft({ hold: { ...held("h1"), expires_at: inMinutes(-20) }, selection, typed });
  answers = [
    refusal(410, "hold_expired"),
    refusal(410, "hold_expired"),
    json(201, held("h2")),
    json(201, { reference: "K7M3DX9PC", secret: "s", code: "ABC234", state: "booked" }),
  ];
  expect((await book("de", null)).reference).toBe("K7M3DX9PC");
});

test("only a refusal for good sends back to the times", async () => {
  saveDraft({ hold: held("h1") });
  answers = [refusal(409, "slot_taken", { alternatives: [slot] })];
  const taken = await holdTime({ ...slot, office: "bsc-nord" }, selection, "de", null).catch((error: unknown) => error);
  expect(needsOtherTime(taken)).toBe(true);
  expect(loadDraft()).toMatchObject({ hold: null, taken: { alternatives: [slot] } });
  expect(needsOtherTime(new TypeError("network"))).toBe(false);
});

test("stopping gives the time back", async () => {
  saveDraft({ hold: held("h1") });
  answers = [new Response(null, { status: 204 })];
  await abandon();
  expect(sent[0]?.path).toBe("/api/v1/holds/h1/release");
  expect(loadDraft().hold).toBeNull();
});
