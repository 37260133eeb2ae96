import { expect, test } from "vitest";
import { endingOf } from "./session";
import type { Session } from "./types";

const session: Session = {
  signed_in: true,
  available: true,
  now: "2026-11-23T10:00:00Z",
  kind: "citizen",
  level: "high",
  method: null,
  name: "Ada",
  expires_at: "2026-11-23T10:30:00Z",
  absolute_until: "2026-11-23T18:00:00Z",
  warn_minutes: 5,
};

test("a session ends at its sliding limit, for good at the absolute one", () => {
  expect(endingOf(session)).toEqual({ at: "2026-11-23T10:30:00Z", last: false, warn: 300_000 });
  expect(endingOf({ ...session, absolute_until: "2026-11-23T10:30:00Z" })?.last).toBe(true);
  expect(endingOf({ ...session, kind: null, expires_at: null })).toBeNull();
});
