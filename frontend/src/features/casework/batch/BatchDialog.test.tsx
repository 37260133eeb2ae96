import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { createQueryClient } from "../../../api/query";
import { saveTyped } from "../../../lib/typed";
import { inLanguage, speakStaff } from "../../../testing/words";
import { PROFILE } from "../queries";
import type { BatchResult, CaseLine } from "../types";
import { batchCases, getBatch, getBatchScope } from "./api";
import { BatchDialog } from "./BatchDialog";
import type { Action } from "./model";

vi.mock(import("./api"), async (original) => ({
  ...(await original()),
  batchCases: vi.fn(),
  getBatch: vi.fn(),
  getBatchScope: vi.fn(),
}));

const t = speakStaff();
const asked = vi.mocked(batchCases);

beforeEach(() => {
  sessionStorage.clear();
  vi.resetAllMocks();
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = vi.fn();
});

const line = (revision: number, service: string) => ({ reference: "A", service, revision }) as CaseLine;
const answer = (more: Partial<BatchResult> = {}): BatchResult => ({
  action: "label",
  batch: null,
  done: ["A"],
  failed: [],
  left: 0,
  preview: true,
  state: "done",
  total: 1,
  undo_until: null,
  would: [],
  ...more,
});

function dialog(
  action: Action = "label",
  service = "gewerbe",
): { rerender: (revision: number) => void; onDone: ReturnType<typeof vi.fn> } {
  const client = createQueryClient();
  client.setQueryData(PROFILE, { account: "me", can: {} });
  const onDone = vi.fn();
  const shown = (revision: number) =>
    inLanguage(
      "de",
      <QueryClientProvider client={client}>
        <BatchDialog action={action} lines={[line(revision, service)]} onClose={vi.fn()} onDone={onDone} />
      </QueryClientProvider>,
    );
  const { rerender } = render(shown(4));
  return { rerender: (revision) => rerender(shown(revision)), onDone };
}

const BUTTON = { selector: "button" };
const type = (value: string) => fireEvent.change(screen.getByLabelText(t("staff.batch.add")), { target: { value } });
const press = async (name: string) => act(async () => void fireEvent.click(await screen.findByText(name, BUTTON)));
const look = () => press(t("staff.batch.look"));
const submit = t("staff.batch.label.submit", { count: 1 });

test("a late answer about a choice that changed meanwhile does not count as its preview", async () => {
  let arrive: (result: BatchResult) => void = () => undefined;
  const late = new Promise<BatchResult>((resolve) => {
    arrive = resolve;
  });
  asked.mockReturnValueOnce(late).mockResolvedValueOnce(answer());
  dialog();
  type("eilig");
  await look();
  type("eilig, Prüfung");
  await act(async () => {
    arrive(answer());
    await late;
  });
  expect(screen.queryByText(submit, BUTTON)).toBeNull();
  await look();
  expect(await screen.findByText(submit, BUTTON)).toBeTruthy();
  expect(asked.mock.lastCall?.[0].add).toEqual(["eilig", "Prüfung"]);
});

test("what is carried out is what was looked at, also when the list was read again meanwhile", async () => {
  asked.mockResolvedValue(answer());
  const { rerender, onDone } = dialog();
  type("eilig");
  await look();
  await screen.findByText(submit, BUTTON);
  rerender(5);
  await press(submit);
  expect(asked.mock.lastCall?.[0]).toMatchObject({ preview: false, add: ["eilig"], seen: { A: 4 } });
  expect(onDone).toHaveBeenCalledOnce();
});

test("a look that the server does not let follow any more says so, is no longer busy, and can be gone on with", async () => {
  const refused = new ApiProblem({ status: 404, code: "not_found" });
  asked.mockResolvedValue(answer({ batch: "b", left: 1, state: "running", done: [] }));
  vi.mocked(getBatch)
    .mockRejectedValueOnce(refused)
    .mockResolvedValueOnce(answer({ batch: "b" }));
  dialog();
  type("eilig");
  await look();
  expect(await screen.findByRole("alert")).toHaveProperty("textContent", t("account.error.not_found"));
  expect(screen.getByRole("progressbar", { name: t("staff.batch.progress", { done: 0, total: 1 }) })).toBeTruthy();
  expect(screen.getByRole("status").textContent, "the number is not said every two seconds").toBe("");
  expect(screen.getByText(t("staff.batch.look"), BUTTON).getAttribute("aria-disabled")).toBeNull();
  await press(t("common.retry"));
  expect(await screen.findByText(submit, BUTTON)).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe(t("staff.batch.preview", { count: 1 }));
  expect(screen.queryByRole("progressbar")).toBeNull();
});

test("what can be asked for and could not be read is said, and read again", async () => {
  const fields = [{ name: "proof", label: "Nachweis", cases: 1, file: true }];
  vi.mocked(getBatchScope)
    .mockRejectedValueOnce(new ApiProblem({ status: 500, code: "internal" }))
    .mockResolvedValueOnce({ fields, languages: [], services: ["gewerbe"] });
  dialog("request");
  expect((await screen.findByRole("alert")).textContent).toContain(t("account.error.technical"));
  await press(t("common.retry"));
  expect(await screen.findByLabelText("Nachweis")).toBeTruthy();
});

const translations = { tr: { text: "Çünkü", confirmed: true }, uk: { text: "Бо", confirmed: false } };
const worded = { fields: ["name"], reason: "Weil", due_on: "2099-01-01", translations };
const asking = (language: string) => ({ fields: [], languages: [{ language, cases: 1 }], services: ["gewerbe"] });
const textOf = (name: string, count: number) =>
  screen.findByLabelText(t("staff.batch.translation", { language: name, count }), { exact: false });

test("a translation nobody has read is gone to, also in a language that none of these cases has", async () => {
  saveTyped("staff.batch.me.gewerbe.request", worded);
  vi.mocked(getBatchScope).mockResolvedValue(asking("tr"));
  dialog("request");
  const outside = await textOf("Ukrainisch", 0);
  outside.closest("details")?.removeAttribute("open");
  await look();
  const box = screen.getByLabelText(t("staff.batch.translation.confirm", { language: "Ukrainisch" }));
  expect(document.activeElement).toBe(box);
  expect(box.closest("details")?.open).toBe(true);
  expect(asked).not.toHaveBeenCalled();
});

test("emptying the only translation leaves its field where it is", async () => {
  saveTyped("staff.batch.me.gewerbe.request", { ...worded, translations: { uk: translations.uk } });
  vi.mocked(getBatchScope).mockResolvedValue(asking("tr"));
  dialog("request");
  fireEvent.change(await textOf("Ukrainisch", 0), { target: { value: "" } });
  expect((await textOf("Ukrainisch", 0)).closest("details")?.open).toBe(true);
});

test("what was typed comes back for cases of the same service only", async () => {
  vi.mocked(getBatchScope).mockResolvedValue(asking("tr"));
  const reason = () => screen.findByLabelText(t("staff.batch.reason"));
  dialog("request", "hundesteuer");
  fireEvent.change(await reason(), { target: { value: "Weil" } });
  cleanup();
  dialog("request", "gewerbe");
  expect(await reason()).toHaveProperty("value", "");
  cleanup();
  dialog("request", "hundesteuer");
  expect(await reason()).toHaveProperty("value", "Weil");
});
