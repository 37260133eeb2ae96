/** Who is signed in: read once per page, without sliding the session; the ways to sign in, to stay and to leave. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { Language } from "../i18n/languages";
import { client, unwrap } from "./client";
import type { ApiProblem } from "./problem";
import type { ReturnTo, Session, TrustLevel } from "./types";

const KEY = ["session"];
/** Where the last sign-in was meant to lead; a failed one can be repeated from there. */
const WANTED = "amtsweg.signin";

const LEVELS: readonly TrustLevel[] = ["none", "basic", "substantial", "high"];

/** The level to sign in with for what needs `level`: without any account one still signs in with the lowest. */
export function signInLevel(level: string | null): SignInLevel {
  return level === "high" || level === "substantial" ? level : "basic";
}

/** Whether a level of trust is enough for what is asked. */
export function reaches(level: TrustLevel, needed: TrustLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}

/** Levels that one can sign in with. */
export type SignInLevel = Exclude<TrustLevel, "none">;

export interface Wanted {
  level: SignInLevel;
  to: ReturnTo;
  /** Own page to open after the return, when it is more exact than `to`. */
  path: string | null;
}

export const ACCOUNT: Wanted = { level: "basic", to: { page: "account", params: {} }, path: null };

export async function getSession(signal?: AbortSignal): Promise<Session> {
  return unwrap(client.GET("/api/v1/auth/citizen/session", { cache: "no-store", ...(signal && { signal }) }));
}

export function useSession(): UseQueryResult<Session, ApiProblem> {
  return useQuery<Session, ApiProblem>({
    queryKey: KEY,
    queryFn: ({ signal }) => getSession(signal),
    staleTime: 20_000,
    refetchOnWindowFocus: true,
  });
}

/** Puts a newer answer in place, or asks again. */
export function useSessionUpdate(): (session?: Session) => Promise<void> {
  const client = useQueryClient();
  return async (session) => {
    if (session) client.setQueryData(KEY, session);
    else await client.invalidateQueries({ queryKey: KEY });
  };
}

export function rememberWanted(wanted: Wanted): void {
  try {
    window.sessionStorage.setItem(WANTED, JSON.stringify(wanted));
  } catch {
    // Without storage the person starts from the account page.
  }
}

function isWanted(value: unknown): value is Wanted {
  return typeof value === "object" && value !== null && "level" in value && "to" in value && "path" in value;
}

export function lastWanted(): Wanted {
  try {
    const value: unknown = JSON.parse(window.sessionStorage.getItem(WANTED) ?? "null");
    return isWanted(value) ? value : ACCOUNT;
  } catch {
    return ACCOUNT;
  }
}

/** The exact page wanted before signing in; given once, and only below where the server led back to. */
export function takeWantedPath(below: string): string | null {
  const { path } = lastWanted();
  if (!path?.startsWith(`${below}/`)) return null;
  rememberWanted(ACCOUNT);
  return path;
}

/** Leaves for the account provider; with `stepUp` the session stays until the higher level is reached. */
export async function signIn(wanted: Wanted, language: Language, stepUp = false): Promise<void> {
  rememberWanted(wanted);
  const body = { level: wanted.level, return_to: wanted.to, language };
  const { location } = await unwrap(
    stepUp
      ? client.POST("/api/v1/auth/citizen/step-up", { body })
      : client.POST("/api/v1/auth/citizen/sign-in", { body }),
  );
  window.location.assign(location);
}

export async function extendSession(): Promise<Session> {
  return unwrap(client.POST("/api/v1/auth/citizen/session/extend"));
}

/** Ends the session here and, when it has one, at the account provider. Gives the address to go on to, or null. */
export async function signOut(language: Language): Promise<string | null> {
  const { location } = await unwrap(client.POST("/api/v1/auth/citizen/sign-out", { body: { language } }));
  return location;
}

export interface Ending {
  /** When the session ends if nothing happens. */
  at: string;
  /** It ends for good then: more time cannot be had. */
  last: boolean;
  /** Milliseconds before the end at which the person is asked. */
  warn: number;
}

/** When the session ends; null without one. */
export function endingOf({ kind, expires_at, absolute_until, warn_minutes }: Session): Ending | null {
  if (kind === null || !expires_at) return null;
  const last = absolute_until !== null && Date.parse(absolute_until) <= Date.parse(expires_at);
  return { at: expires_at, last, warn: warn_minutes * 60_000 };
}
