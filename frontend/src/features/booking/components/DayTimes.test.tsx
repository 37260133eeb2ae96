import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState, type ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { inLanguage, speak } from "../../../testing/words";
import type { OfficeSummary, Slot } from "../types";
import { DayTimes } from "./DayTimes";
import type { Chosen } from "./EarlyTimes";

const office: OfficeSummary = {
  slug: "bsc-mitte",
  name: "BürgerServiceCenter-Mitte",
  short_name: "Mitte",
  authority: "bremen",
  kind: "permanent",
  address: { street: "Martinistraße 3", postcode: "28195", city: "Bremen" },
  bookable: true,
};

const slots: Slot[] = Array.from({ length: 11 }, (_, index) => ({
  office: "bsc-mitte",
  starts_at: `2026-11-24T${String(8 + index).padStart(2, "0")}:15:00+01:00`,
  ends_at: `2026-11-24T${String(8 + index).padStart(2, "0")}:30:00+01:00`,
}));

function Day({ onChoose = () => undefined }: { onChoose?: (chosen: Chosen) => void }): ReactNode {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <DayTimes
      day={{ date: "2026-11-24", reachable: slots.length, offices: [{ office: "bsc-mitte", slots }] }}
      offices={new Map([["bsc-mitte", office]])}
      form="time-form"
      goOn={<button type="submit">Weiter</button>}
      chosen={chosen}
      onChoose={(next) => {
        setChosen(next);
        onChoose(next);
      }}
    />
  );
}

beforeEach(async () => {
  await speak("de", "booking");
});

test("the heading counts all times that can be reached, eight are shown at first", () => {
  render(inLanguage("de", <Day />));
  expect(screen.getByRole("heading", { level: 3 }).textContent).toBe("Dienstag, 24. November 2026 (11 frei)");
  expect(screen.getAllByRole("radio")).toHaveLength(8);
});

test("each time is named by day, time and place, and shows its text in the name", () => {
  render(inLanguage("de", <Day />));
  const group = screen.getByRole("group", { name: /BürgerServiceCenter-Mitte ?Martinistraße 3/ });
  expect(
    within(group).getByRole("radio", { name: "Dienstag, 24. November 2026 08:15 BürgerServiceCenter-Mitte" }),
  ).toBeTruthy();
});

test("more times take the focus to the first new one", async () => {
  render(inLanguage("de", <Day />));
  const more = screen.getByRole("button", { name: /^Weitere Zeiten \(3\): BürgerServiceCenter-Mitte, Dienstag/ });
  await userEvent.click(more);
  const radios = screen.getAllByRole("radio");
  expect(radios).toHaveLength(11);
  expect(document.activeElement).toBe(radios[8]);
  expect(screen.queryByRole("button")).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: /09:15/ }));
  expect(screen.getByRole("button", { name: "Weiter" })).toBeTruthy();
});

test("a choice names its time", async () => {
  const onChoose = vi.fn();
  render(inLanguage("de", <Day onChoose={onChoose} />));
  const radio = screen.getByRole<HTMLInputElement>("radio", { name: /10:15/ });
  await userEvent.click(radio);
  expect(onChoose).toHaveBeenCalledWith({ slot: slots[2], list: "day" });
  expect(radio.checked).toBe(true);
});

test("in Leichte Sprache hours have no leading zero", async () => {
  await speak("de-simple", "booking");
  render(inLanguage("de-simple", <Day />));
  expect(screen.getByText("8:15")).toBeTruthy();
});
