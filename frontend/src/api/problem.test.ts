import { expect, test } from "vitest";
import { ApiProblem, NO_CONNECTION, toProblem } from "./problem";

test("further members of the document are kept", () => {
  const problem = new ApiProblem({ status: 409, code: "slot_taken", alternatives: [1, 2] });
  expect(problem.extra["alternatives"]).toEqual([1, 2]);
});

test("anything that is no problem document is a broken line", () => {
  expect(toProblem(new TypeError("Failed to fetch")).code).toBe(NO_CONNECTION);
});
