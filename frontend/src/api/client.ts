/**
 * The typed way to the backend; only the `api.ts` of a feature calls it. The types are openapi-fetch's, the sending is
 * ours: repeats and problem documents pass here anyway, and its own sender would be 2 kB more on the booking route.
 */
import type { Client } from "openapi-fetch";
import { send } from "./network";
import { ApiProblem } from "./problem";
import type { paths } from "./schema";

type Values = Record<string, unknown>;
type Methods = "GET" | "POST" | "PUT" | "DELETE";

interface Options extends Pick<RequestInit, "signal" | "cache"> {
  params?: { path?: Values; query?: Values; header?: Values };
  headers?: Values;
  body?: unknown;
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

const given = (values: Values): [string, unknown][] =>
  Object.entries(values).flatMap(([name, value]) =>
    [value].flat().flatMap((one): [string, unknown][] => (one === undefined || one === null ? [] : [[name, one]])),
  );

/** Fills `{slug}` in the path; a list in the query is repeated: `office=a&office=b`. */
function address(template: string, { path = {}, query = {} }: NonNullable<Options["params"]>): URL {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = new URL(filled, window.location.origin);
  for (const [name, value] of given(query)) url.searchParams.append(name, String(value));
  return url;
}

function caller(method: Methods) {
  return async (
    template: string,
    { params = {}, headers: more, body, ...init }: Options = {},
  ): Promise<Answer<unknown>> => {
    // Proof of an own page beside Sec-Fetch-Site and Origin: another site cannot set it without a preflight that is never granted.
    const headers = new Headers({ "X-Amtsweg": "1" });
    for (const [name, value] of given({ ...params.header, ...more })) headers.set(name, String(value));
    if (body !== undefined) headers.set("Content-Type", "application/json");
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await send(new Request(address(template, params), { ...init, ...content, method, headers }));
    const answer: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: answer, response } : { error: answer, response };
  };
}

export const client = {
  GET: caller("GET"),
  POST: caller("POST"),
  PUT: caller("PUT"),
  DELETE: caller("DELETE"),
} as unknown as Pick<Client<paths>, Methods>;

/** Answers that bring nothing but their status. */
const WITHOUT_CONTENT = new Set([202, 204]);

/** The data of a good answer; every other answer is thrown as `ApiProblem`. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (response.ok && (data !== undefined || WITHOUT_CONTENT.has(response.status))) return data as Data;
  const document = typeof error === "object" && error !== null ? error : {};
  const retryAfter = Number(response.headers.get("Retry-After"));
  throw new ApiProblem({ status: response.status, ...document }, retryAfter > 0 ? retryAfter : null);
}
