/** Problem documents (RFC 9457) as errors. */

export interface FieldError {
  /** JSON pointer into the request: "/person/family_name". */
  pointer: string;
  code: string;
  params: Record<string, unknown>;
}

interface ProblemDocument {
  status?: number;
  code?: string;
  instance?: string;
  errors?: FieldError[];
  [extra: string]: unknown;
}

/** Codes that the browser itself gives, beside those of the backend. */
export const NO_CONNECTION = "no_connection";
export const UNREADABLE_ANSWER = "unreadable_answer";

const NUMBER_LENGTH = 8;

/** An answer that is no success: `code` decides the text, never the status alone. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Begin of this error's number in the server's log, short enough to be read out on the phone. */
  readonly number: string | null;
  readonly errors: readonly FieldError[];
  /** Further members, such as `alternatives` or `challenge`. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | null;

  constructor(document: ProblemDocument, retryAfter: number | null = null) {
    const { status = 0, code = UNREADABLE_ANSWER, instance = null, errors = [], ...extra } = document;
    super(`${status} ${code}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
    this.number = instance?.replace("urn:uuid:", "").slice(0, NUMBER_LENGTH).toUpperCase() ?? null;
    this.errors = errors;
    this.extra = extra;
    this.retryAfter = retryAfter;
  }
}

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ code: NO_CONNECTION });
}
