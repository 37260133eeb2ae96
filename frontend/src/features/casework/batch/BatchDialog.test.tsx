import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { createQueryClient } from "../../../api/query";
import { inLanguage, speakStaff } from "../../../testing/words";
import { PROFILE } from "../queries";
import type { BatchResult, CaseLine } from "../types";
import { batchCases } from "./api";
import { BatchDialog } from "./BatchDialog";

vi.mock(import("./api"), async (original) => ({ ...(await original()), batchCases: vi.fn() }));

const t = speakStaff();
const asked = vi.mocked(batchCases);

beforeEach(() => {
  sessionStorage.clear();
  asked.mockReset();
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = vi.fn();
});

const line = (revision: number): CaseLine => ({ reference: "A", service: "gewerbe", revision }) as CaseLine;
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

function dialog(): { rerender: (revision: number) => void; onDone: ReturnType<typeof vi.fn> } {
  const client = createQueryClient();
  client.setQueryData(PROFILE, { account: "me", can: {} });
  const onDone = vi.fn();
  const shown = (revision: number) =>
    inLanguage(
      "de",
      <QueryClientProvider client={client}>
        <BatchDialog action="label" lines={[line(revision)]} onClose={vi.fn()} onDone={onDone} />
      </QueryClientProvider>,
    );
  const { rerender } = render(shown(4));
  return { rerender: (revision) => rerender(shown(revision)), onDone };
}

const add = () => screen.getByLabelText(t("staff.batch.add"));
const look = () => userEvent.click(screen.getByRole("button", { name: t("staff.batch.look") }));
const submit = t("staff.batch.label.submit", { count: 1 });

test("a late answer about a choice that changed meanwhile does not count as its preview", async () => {
  let arrive: (result: BatchResult) => void = () => undefined;
  const late = new Promise<BatchResult>((resolve) => {
    arrive = resolve;
  });
  asked.mockReturnValueOnce(late).mockResolvedValueOnce(answer());
  dialog();
  await userEvent.type(add(), "eilig");
  await look();
  await userEvent.type(add(), ", Prüfung");
  await act(async () => {
    arrive(answer());
    await late;
  });
  expect(screen.queryByRole("button", { name: submit })).toBeNull();
  await look();
  expect(await screen.findByRole("button", { name: submit })).toBeTruthy();
  expect(asked.mock.lastCall?.[0].add).toEqual(["eilig", "Prüfung"]);
});

test("what is carried out is what was looked at, also when the list was read again meanwhile", async () => {
  asked.mockResolvedValue(answer());
  const { rerender, onDone } = dialog();
  await userEvent.type(add(), "eilig");
  await look();
  const button = await screen.findByRole("button", { name: submit });
  rerender(5);
  await userEvent.click(button);
  expect(asked.mock.lastCall?.[0]).toMatchObject({ preview: false, add: ["eilig"], seen: { A: 4 } });
  expect(onDone).toHaveBeenCalledOnce();
});
