import { act, render, screen } from "@testing-library/react";
import { Suspense, use, type ReactNode } from "react";
import { expect, test } from "vitest";
import { takeFragment, useFragment } from "./fragment";

test("a secret behind # is taken once and leaves the address", () => {
  window.history.replaceState({ kept: 1 }, "", "/de/termin/K7M-3DX-9PC#s=geheim");
  expect(takeFragment("c")).toBeNull();
  expect(takeFragment("s")).toBe("geheim");
  expect(window.location.href).not.toContain("geheim");
  expect(window.history.state).toEqual({ kept: 1 });
  expect(takeFragment("s")).toBeNull();
});

/** Stops the first time, as a page does whose words are still on their way. */
function Late({ words }: { words: { ready: Promise<void> | null } }): ReactNode {
  const secret = useFragment("s");
  if (words.ready) use(words.ready);
  return <p>{secret}</p>;
}

test("a rendering that is thrown away does not lose the secret, and one that stands clears the address", async () => {
  window.history.replaceState(null, "", "/de/antrag/weiter#s=geheim");
  const words = { ready: Promise.resolve() };
  await act(async () => {
    render(
      <Suspense fallback={null}>
        <Late words={words} />
      </Suspense>,
    );
    await words.ready;
  });
  expect(screen.getByText("geheim").textContent).toBe("geheim");
  expect(window.location.href).not.toContain("geheim");
});
