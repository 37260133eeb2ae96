/** The typed way to the backend; only the `api.ts` of a feature calls it. */
import createClient from "openapi-fetch";
import { send } from "./network";
import { ApiProblem } from "./problem";
import type { paths } from "./schema";

export const client = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: send,
  // Proof of an own page beside Sec-Fetch-Site and Origin: another site cannot set it without a preflight that is never granted.
  headers: { "X-Amtsweg": "1" },
  querySerializer: { array: { style: "form", explode: true } },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of a good answer; every other answer is thrown as `ApiProblem`. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (response.ok) return data as Data;
  const document = typeof error === "object" && error !== null ? error : {};
  const retryAfter = Number(response.headers.get("Retry-After"));
  throw new ApiProblem(
    { status: response.status, ...document },
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  );
}
