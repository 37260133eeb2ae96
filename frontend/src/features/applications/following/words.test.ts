import { expect, test } from "vitest";
import type { TimelineEntry } from "../types";
import { nextText, paymentText, timelineText } from "./words";

const entry = (type: TimelineEntry["type"], params: Record<string, unknown> = {}): TimelineEntry => ({
  type,
  params,
  at: "2026-11-23T10:00:00Z",
  by: "office",
  key: `timeline.${type}`,
});

test("what happened has its words; what this portal does not know is left out", () => {
  expect(timelineText(entry("granted"))).toBe("applications.timeline.granted");
  expect(timelineText(entry("appointment", { state: "booked" }))).toBe("applications.timeline.appointment.booked");
  expect(timelineText(entry("appointment", { state: "elsewhere" }))).toBeNull();
  expect(timelineText(entry("version_moved"))).toBeNull();
});

test("states of payments and next steps have their words", () => {
  expect(paymentText("booked")).toBe("applications.pay.state.booked");
  expect(paymentText("toString")).toBeNull();
  expect(nextText("next.decided_refused")).toBe("applications.next.decided");
  expect(nextText("next.unheard_of")).toBeNull();
});
