import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { inLanguage, speak } from "../../../testing/words";
import { ProofStep } from "./ProofStep";

beforeEach(async () => {
  await speak("de", "booking");
});

const refusal = (challenge: unknown) => new ApiProblem({ status: 428, code: "proof_required", challenge });

test("focus comes to it, and nothing is solved before the button is pressed", () => {
  const onSolved = vi.fn();
  render(inLanguage("de", <ProofStep problem={refusal({})} onSolved={onSolved} busy={false} />));
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Kurze Prüfung" }));
  expect(onSolved).not.toHaveBeenCalled();
});

test("a device that cannot solve it is told the telephone", async () => {
  const onSolved = vi.fn();
  render(inLanguage("de", <ProofStep problem={refusal({ unknown: true })} onSolved={onSolved} busy={false} />));
  await userEvent.click(screen.getByRole("button", { name: "Prüfung starten und weiter" }));
  expect(await screen.findByText(/rufen Sie 115 an/)).toBeTruthy();
  expect(onSolved).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Prüfung starten und weiter" })).toBeTruthy();
});
