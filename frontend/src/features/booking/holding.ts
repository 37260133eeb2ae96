/** Holding a time and booking it, so that no repeat, second press or lost answer gives a second one. */
import { timeLeft } from "../../lib/countdown";
import { ApiProblem, toProblem } from "../../api/problem";
import type { Language } from "../../i18n/languages";
import { bookAppointment, createHold, extendHold, releaseHold, type BookingWish } from "./api";
import { type Selection } from "./model";
import { alternativesOf } from "./problems";
import {
  finishDraft,
  forgetIntent,
  intentKey,
  loadDraft,
  saveDraft,
  saveGuest,
  type Draft,
  type Typed,
} from "./storage";
import type { Booked, FieldFault, Hold, HoldWish, Slot } from "./types";

/** Answers after which the same key would only repeat the refusal; others may still have been carried out. */
function isFinal(problem: ApiProblem): boolean {
  return problem.status >= 400 && problem.status < 500 && problem.status !== 429 && problem.status !== 408;
}

async function withKey<Answer>(
  operation: string,
  body: unknown,
  send: (key: string) => Promise<Answer>,
): Promise<Answer> {
  const key = intentKey(operation, JSON.stringify(body));
  try {
    const answer = await send(key);
    forgetIntent(operation);
    return answer;
  } catch (error) {
    const problem = toProblem(error);
    if (isFinal(problem)) forgetIntent(operation);
    throw problem;
  }
}

export function isLive(draft: Pick<Draft, "hold" | "skew">, now = Date.now()): boolean {
  return draft.hold !== null && timeLeft(draft.hold.expires_at, now, draft.skew) > 0;
}

/** The server says that the hold is over: its clock counts. */
function endHold(hold: Hold): void {
  saveDraft({ hold: { ...hold, expires_at: new Date(Date.now() + loadDraft().skew).toISOString() } });
}

/** The held time must still be given back when another one was chosen; a failure only means that it runs out by itself. */
async function giveBack(hold: Hold): Promise<void> {
  await releaseHold(hold).catch(() => undefined);
}

/**
 * Holds a time for what was selected. The hold of before is kept when it is the same wish and still live, and given
 * back only after the new one is there. Throws `ApiProblem` (slot_taken, proof_required, …).
 */
export async function holdTime(
  slot: Slot,
  selection: Selection,
  language: Language,
  proof: string | null,
): Promise<Hold> {
  const { services, needs, origin } = selection;
  const when = { office: slot.office, starts_at: slot.starts_at };
  const wish: HoldWish = { services, ...when, language, needs, ...(origin && { origin }) };
  const holdFor = JSON.stringify({ ...wish, language: null });
  const before = loadDraft();
  if (before.hold && before.holdFor === holdFor && isLive(before)) {
    saveDraft({ selection });
    return before.hold;
  }
  const { hold, skew } = await withKey("hold", [wish, proof], (key) => createHold(wish, key, proof));
  saveDraft({ selection, hold, holdFor, skew, taken: null, booked: null, faults: [] });
  if (before.hold && isLive(before)) void giveBack(before.hold);
  return hold;
}

/**
 * Holds the same time again after the hold ran out; when the server's clock says that it still runs, it is extended.
 * Throws slot_taken when somebody else has the time now.
 */
export async function holdAgain(language: Language, proof: string | null): Promise<Hold> {
  const { hold, selection } = loadDraft();
  if (!hold) throw new ApiProblem({ status: 410, code: "hold_expired" });
  try {
    return await moreTime();
  } catch (error) {
    if (!isFinal(toProblem(error))) throw error;
    return await holdTime(hold, selection, language, proof);
  }
}

/**
 * Whether only another choice can answer a refusal; then the hold is forgotten and the time page is told what happened.
 */
export function needsOtherTime(error: unknown): boolean {
  const problem = toProblem(error);
  if (!isFinal(problem)) return false;
  const taken = problem.code === "slot_taken" ? { alternatives: alternativesOf(problem) } : null;
  saveDraft({ hold: null, holdFor: null, taken });
  return true;
}

export async function moreTime(): Promise<Hold> {
  const { hold } = loadDraft();
  if (!hold) throw new ApiProblem({ status: 410, code: "hold_expired" });
  try {
    const { extension, skew } = await extendHold(hold);
    const extended = { ...hold, ...extension };
    saveDraft({ hold: extended, skew });
    return extended;
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === "hold_expired") endHold(hold);
    throw problem;
  }
}

/** Stops the booking: the time goes back, what was typed goes away with it. */
export async function abandon(): Promise<void> {
  const { hold } = loadDraft();
  saveDraft({ hold: null, holdFor: null });
  if (hold) await giveBack(hold);
}

function bookingWish(hold: Hold, typed: Typed, page: Language): BookingWish {
  const mobile = typed.mobile.trim();
  return {
    hold_id: hold.hold_id,
    secret: hold.secret,
    person: { given_name: typed.oneName ? null : typed.givenName.trim(), family_name: typed.familyName.trim() },
    contact: { email: typed.email.trim() || null, mobile: mobile || null },
    language: typed.language ?? page,
  };
}

/**
 * Books the held time. Afterwards the draft holds only the way to the appointment. A hold that ran out is tried first, as
 * another tab may have booked it (the answer is then that appointment), and made again when it is really over.
 */
export async function book(language: Language, proof: string | null): Promise<Booked> {
  const draft = loadDraft();
  if (draft.booked) return draft.booked;
  if (draft.hold) {
    try {
      return await bookHold(draft.hold, language, proof);
    } catch (error) {
      if (isLive(draft) || toProblem(error).code !== "hold_expired") throw error;
    }
  }
  return bookHold(await holdAgain(language, null), language, proof);
}

/** Faults of fields are kept in the draft for the page with the fields. */
async function bookHold(hold: Hold, language: Language, proof: string | null): Promise<Booked> {
  const wish = bookingWish(hold, loadDraft().typed, language);
  try {
    const booked = await withKey("book", [wish, proof], (key) => bookAppointment(wish, key, proof));
    saveGuest(booked.reference, { secret: booked.secret, code: booked.code });
    finishDraft(booked);
    return booked;
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === "hold_expired") endHold(hold);
    const faults: FieldFault[] = problem.errors.filter(({ pointer }) => /^\/(person|contact)/.test(pointer));
    if (faults.length > 0) saveDraft({ faults });
    throw problem;
  }
}
