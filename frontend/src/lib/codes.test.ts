import { expect, test } from "vitest";
import { inGroups, normaliseCode } from "./codes";

test("numbers are read in groups and typed in any way", () => {
  expect(inGroups("K7M-3DX-9PC")).toEqual(["K7M", "3DX", "9PC"]);
  expect(inGroups("4HTQRA")).toEqual(["4HT", "QRA"]);
  expect(normaliseCode(" k7m 3dx–9pc ")).toBe("K7M3DX9PC");
});
