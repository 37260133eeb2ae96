import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState, type ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { inLanguage, speak } from "../testing/words";
import { Choice, ChoiceGroup } from "./Choice";
import { DateField } from "./DateField";
import { Dialog } from "./Dialog";
import { ErrorSummary } from "./ErrorSummary";
import { Field } from "./Field";
import { Rows } from "./Rows";
import { Ticket, TicketCode } from "./Ticket";

beforeEach(async () => {
  await speak("de");
  Element.prototype.scrollIntoView = vi.fn();
});

const show = (children: ReactNode) => render(inLanguage("de", children));

test("a faulty field is described by hint and message and says that it is faulty", () => {
  show(<Field id="email" label="E-Mail-Adresse" hint="Für den Link" error="Geben Sie etwas ein" />);
  const input = screen.getByRole("textbox", { name: "E-Mail-Adresse" });
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const description = (input.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(description).toEqual(["Für den Link", "Fehler: Geben Sie etwas ein"]);
});

test("a field without a fault claims none, and what is optional says so", () => {
  show(<Field id="mobile" label="Handynummer" optional />);
  const input = screen.getByRole("textbox", { name: "Handynummer (freiwillig)" });
  expect(input.hasAttribute("aria-invalid")).toBe(false);
  expect(input.hasAttribute("aria-describedby")).toBe(false);
});

function Form(): ReactNode {
  const [attempt, setAttempt] = useState(0);
  return (
    <>
      {attempt > 0 && (
        <ErrorSummary attempt={attempt} faults={[{ field: "name", text: "Geben Sie Ihren Namen ein" }]} />
      )}
      <Field id="name" label="Name" />
      <button onClick={() => setAttempt(attempt + 1)}>Weiter</button>
    </>
  );
}

test("the summary takes focus at every refused attempt and leads to the field", async () => {
  show(<Form />);
  const go = screen.getByRole("button", { name: "Weiter" });
  await userEvent.click(go);
  const summary = screen.getByRole("group", { name: "Es gibt ein Problem" });
  expect(document.activeElement).toBe(summary);
  expect(screen.getByRole("alert").textContent).toContain("Geben Sie Ihren Namen ein");
  await userEvent.click(go);
  expect(document.activeElement).toBe(summary);
  await userEvent.click(screen.getByRole("link"));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Name" }));
  expect(window.location.hash).toBe("");
});

test("a group of choices carries its question and its fault", async () => {
  show(
    <ChoiceGroup legend="Wo?" error="Wählen Sie ein Büro aus">
      <Choice type="radio" name="office" more="Martinistraße 3">
        Mitte
      </Choice>
    </ChoiceGroup>,
  );
  const group = screen.getByRole("group", { name: "Wo?" });
  expect(document.getElementById(group.getAttribute("aria-describedby") ?? "")?.textContent).toContain("Wählen Sie");
  const radio = screen.getByRole<HTMLInputElement>("radio", { name: "Mitte Martinistraße 3" });
  await userEvent.click(screen.getByText("Martinistraße 3"));
  expect(radio.checked).toBe(true);
});

test("without a date input three fields give the same value", async () => {
  const create = document.createElement.bind(document);
  vi.spyOn(document, "createElement").mockImplementation((tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options);
    if (tag === "input") Object.defineProperty(element, "type", { get: () => "text", set: () => undefined });
    return element;
  });
  const onChange = vi.fn();
  show(<DateField id="from" name="from" label="Nicht vor dem" value="" onChange={onChange} />);
  await userEvent.type(screen.getByLabelText("Tag"), "4");
  await userEvent.type(screen.getByLabelText("Monat"), "12");
  await userEvent.type(screen.getByLabelText("Jahr"), "2026");
  expect(onChange).toHaveBeenLastCalledWith("2026-12-04");
  expect(screen.getByRole("group", { name: "Nicht vor dem" })).toBeTruthy();
});

test("the dialog opens as a modal one, closes with the page and asks before Escape closes it", () => {
  const showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
  const close = vi.fn();
  Object.assign(HTMLDialogElement.prototype, { showModal, close });
  const onClose = vi.fn();
  const { unmount } = show(
    <Dialog open title="Brauchen Sie mehr Zeit?" describedBy="text" onClose={onClose}>
      <p id="text">Noch 2 Minuten</p>
    </Dialog>,
  );
  expect(showModal).toHaveBeenCalledOnce();
  const dialog = screen.getByRole("dialog", { name: "Brauchen Sie mehr Zeit?" });
  const escape = new Event("cancel", { cancelable: true });
  dialog.dispatchEvent(escape);
  expect(escape.defaultPrevented).toBe(true);
  expect(onClose).toHaveBeenCalledOnce();
  unmount();
  expect(close).toHaveBeenCalledOnce();
});

test("each change link names its row", () => {
  show(<Rows items={[{ key: "name", label: "Name", value: "Ada", change: "/buchen/daten" }]} />);
  expect(screen.getByRole("link", { name: "Ändern: Name" }).getAttribute("href")).toBe("/buchen/daten");
});

test("a number is read in groups and stays left to right", () => {
  show(
    <Ticket label="Ihr Termin" day="Montag" hour="09:00 Uhr" state="Abgesagt">
      <TicketCode label="Ihre Terminnummer" groups={["K7M", "3DX", "9PC"]} />
    </Ticket>,
  );
  expect(screen.getByRole("article", { name: "Ihr Termin" }).textContent).toContain("Abgesagt");
  const number = screen.getByText("K7M").closest("bdi");
  expect(number?.dir).toBe("ltr");
  expect(number?.textContent?.trim()).toBe("K7M 3DX 9PC");
});
