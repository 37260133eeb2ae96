import { expect, test } from "vitest";
import { takeFragment } from "./fragment";

test("a secret behind # is taken once and leaves the address", () => {
  window.history.replaceState({ kept: 1 }, "", "/de/termin/K7M-3DX-9PC#s=geheim");
  expect(takeFragment("c")).toBeNull();
  expect(takeFragment("s")).toBe("geheim");
  expect(window.location.href).not.toContain("geheim");
  expect(window.history.state).toEqual({ kept: 1 });
  expect(takeFragment("s")).toBeNull();
});
