import { expect, test, vi } from "vitest";

test("only the solver's own address becomes a script address", async () => {
  const createPolicy = vi.fn((_: string, rules: { createScriptURL: (url: string) => string }) => rules);
  vi.stubGlobal("trustedTypes", { createPolicy });
  const { allowWorker } = await import("./trusted-types");
  const policy = allowWorker("/assets/proof.js");
  expect(createPolicy).toHaveBeenCalledWith("amtsweg", expect.anything());
  expect(policy.createScriptURL("/assets/proof.js")).toBe("/assets/proof.js");
  expect(() => policy.createScriptURL("/assets/other.js")).toThrow(TypeError);
  vi.unstubAllGlobals();
});
