import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { inLanguage, speak } from "../../../testing/words";
import { EMPTY, type Selection } from "../model";
import { TimeFilter } from "./TimeFilter";

const selection: Selection = { ...EMPTY, services: [{ service: "reisepass", quantity: 1 }] };

beforeEach(async () => {
  await speak("de", "booking");
});

function filter(onSearch: (selection: Selection) => void, now: Selection = selection) {
  return inLanguage(
    "de",
    <TimeFilter selection={now} onSearch={onSearch} today="2026-11-22" horizonEnd="2027-02-20" withNeeds />,
  );
}

test("nothing is searched before the button is pressed", async () => {
  const onSearch = vi.fn();
  render(filter(onSearch));
  await userEvent.click(screen.getByRole("checkbox", { name: "Vormittag, bis 12 Uhr" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Größerer Raum" }));
  for (const day of ["Montag", "Dienstag", "Mittwoch", "Donnerstag"]) {
    await userEvent.click(screen.getByRole("checkbox", { name: day }));
  }
  expect(onSearch).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Zeiten neu suchen" }));
  expect(onSearch).toHaveBeenCalledWith({ ...selection, part: "afternoon", needs: ["large_room"], weekdays: [5, 6] });
});

test("everything chosen or nothing chosen sets no limit", async () => {
  const onSearch = vi.fn();
  render(filter(onSearch));
  await userEvent.click(screen.getByRole("checkbox", { name: "Vormittag, bis 12 Uhr" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Nachmittag, ab 12 Uhr" }));
  await userEvent.click(screen.getByRole("button"));
  expect(onSearch).toHaveBeenCalledWith(selection);
});

test("the form follows a selection that changed elsewhere", () => {
  const { rerender } = render(filter(vi.fn()));
  rerender(filter(vi.fn(), { ...selection, part: "morning", from: "2026-12-01" }));
  const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
  expect(box(/Vormittag/).checked).toBe(true);
  expect(box(/Nachmittag/).checked).toBe(false);
  expect(screen.getByLabelText<HTMLInputElement>("Nicht vor dem").value).toBe("2026-12-01");
});
