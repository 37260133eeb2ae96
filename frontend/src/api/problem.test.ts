import { expect, test } from "vitest";
import { ApiProblem, formErrors, NO_CONNECTION, toProblem } from "./problem";

const error = (pointer: string, code: string) => ({ pointer, code, params: {} });

test("each field gets its first error, unknown pointers are kept for the summary", () => {
  const problem = new ApiProblem({
    status: 422,
    code: "validation_failed",
    errors: [error("/person/family_name", "missing"), error("/person/family_name", "too_long"), error("/x", "odd")],
  });
  const { byField, rest } = formErrors(problem, { "/person/family_name": "familyName" });
  expect(byField.familyName?.code).toBe("missing");
  expect(rest).toEqual([error("/x", "odd")]);
});

test("further members of the document are kept", () => {
  const problem = new ApiProblem({ status: 409, code: "slot_taken", alternatives: [1, 2] });
  expect(problem.extra["alternatives"]).toEqual([1, 2]);
});

test("anything that is no problem document is a broken line", () => {
  expect(toProblem(new TypeError("Failed to fetch")).code).toBe(NO_CONNECTION);
});
