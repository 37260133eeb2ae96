import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { inLanguage, speakStaff } from "../../../testing/words";
import { sortsIn, type Sort } from "./sorting";
import { SortSelect } from "./SortSelect";

const t = speakStaff();
const onSort = vi.fn();
const shown = (sort: Sort) => inLanguage("de", <SortSelect sort={sort} sorts={sortsIn("open")} onSort={onSort} />);

test("arrow keys pass orders without sorting; the button sends the one that is chosen", () => {
  const { rerender } = render(shown("due"));
  const select = screen.getByRole("combobox");
  fireEvent.change(select, { target: { value: "received" } });
  // The old list is drawn again while nothing was sent.
  rerender(shown("due"));
  fireEvent.change(select, { target: { value: "-received" } });
  expect(select).toHaveProperty("value", "-received");
  expect(onSort).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: t("staff.list.order.submit") }));
  expect(onSort.mock.calls).toEqual([["-received"]]);
  // Sorted by the head of a column meanwhile: the choice follows the list.
  rerender(shown("name"));
  expect(select).toHaveProperty("value", "name");
});
