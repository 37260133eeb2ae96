/** The only door of booking to the network: one function per operation, refusals thrown as `ApiProblem`. */
import { client, unwrap } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import type { Language } from "../../i18n/languages";
import type { Selection } from "./model";
import type {
  Appointment,
  Availability,
  Booked,
  Contact,
  Hold,
  HoldWish,
  Office,
  Service,
  ServiceSummary,
} from "./types";

const NOON = "12:00";

/** Services by slug; one that does not exist is null, so that the others still show. */
export async function getServices(
  slugs: readonly string[],
  lang: Language,
  signal: AbortSignal,
): Promise<(Service | null)[]> {
  return Promise.all(
    slugs.map(async (slug) => {
      try {
        return await unwrap(
          client.GET("/api/v1/services/{slug}", { params: { path: { slug }, query: { lang } }, signal }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    }),
  );
}

/** All bookable services in short form, for adding one and for shorter concerns. */
export async function listServices(lang: Language, signal: AbortSignal): Promise<ServiceSummary[]> {
  const query = { lang, page_size: 100 };
  const { items } = await unwrap(client.GET("/api/v1/services", { params: { query }, signal }));
  return items.filter((service) => service.bookable);
}

export async function getOffices(slugs: readonly string[], lang: Language, signal: AbortSignal): Promise<Office[]> {
  return Promise.all(
    slugs.map((slug) =>
      unwrap(client.GET("/api/v1/offices/{slug}", { params: { path: { slug }, query: { lang } }, signal })),
    ),
  );
}

export async function findAvailability(
  selection: Selection,
  from: string,
  days: number,
  signal?: AbortSignal,
): Promise<Availability> {
  const query = {
    service: selection.services.map(({ service, quantity }) => `${service}:${String(quantity)}`),
    from,
    days,
    ...(selection.offices.length > 0 && { office: selection.offices }),
    ...(selection.needs.length > 0 && { need: selection.needs }),
    ...(selection.weekdays.length > 0 && { weekday: selection.weekdays }),
    ...(selection.part === "morning" && { time_to: NOON }),
    ...(selection.part === "afternoon" && { time_from: NOON }),
  };
  return unwrap(
    client.GET("/api/v1/availability", { params: { query }, cache: "no-cache", ...(signal && { signal }) }),
  );
}

/** Server clock minus own clock in milliseconds, from the answer's Date header (whole seconds); 0 without one. */
function clockSkew(response: Response): number {
  const date = Date.parse(response.headers.get("Date") ?? "");
  const skew = date - Date.now();
  return Number.isFinite(skew) && Math.abs(skew) > 2_000 ? skew : 0;
}

export async function createHold(
  wish: HoldWish,
  key: string,
  proof: string | null,
): Promise<{ hold: Hold; skew: number }> {
  const answer = client.POST("/api/v1/holds", {
    params: { header: { "Idempotency-Key": key } },
    body: { ...wish, ...(proof && { proof }) },
  });
  const hold = await unwrap(answer);
  const { response } = await answer;
  return { hold, skew: clockSkew(response) };
}

const withSecret = (secret: string) => ({ "X-Amtsweg-Secret": secret });

export async function extendHold(
  hold: Hold,
): Promise<{ extension: Pick<Hold, "expires_at" | "extensions_left">; skew: number }> {
  const answer = client.POST("/api/v1/holds/{hold_id}/extend", {
    params: { path: { hold_id: hold.hold_id }, header: withSecret(hold.secret) },
    body: {},
  });
  const extension = await unwrap(answer);
  const { response } = await answer;
  return { extension, skew: clockSkew(response) };
}

export async function releaseHold(hold: Hold): Promise<void> {
  await unwrap(
    client.POST("/api/v1/holds/{hold_id}/release", {
      params: { path: { hold_id: hold.hold_id }, header: withSecret(hold.secret) },
      body: {},
    }),
  );
}

export interface BookingWish {
  hold_id: string;
  secret: string;
  person: { given_name: string | null; family_name: string };
  contact: Contact;
  /** Of the messages. */
  language: Language;
}

export async function bookAppointment(wish: BookingWish, key: string, proof: string | null): Promise<Booked> {
  return unwrap(
    client.POST("/api/v1/appointments", {
      params: { header: { "Idempotency-Key": key } },
      body: { ...wish, ...(proof && { proof }) },
    }),
  );
}

const guestOf = (reference: string, secret: string) => ({ path: { reference }, header: withSecret(secret) });

export async function getAppointment(reference: string, secret: string, signal?: AbortSignal): Promise<Appointment> {
  const params = guestOf(reference, secret);
  return unwrap(client.GET("/api/v1/appointments/{reference}", { params, ...(signal && { signal }) }));
}

export async function openAppointment(reference: string, code: string): Promise<{ secret: string }> {
  return unwrap(client.POST("/api/v1/appointments/open", { body: { reference, code } }));
}

export async function resendLinks(email: string, language: Language): Promise<void> {
  const body = { email, language };
  await unwrap(client.POST("/api/v1/appointments/resend", { body }));
}

/** The appointment, and a secret of its page for this tab, which only knew the one that confirms. */
export async function confirmAppointment(reference: string, secret: string): Promise<Appointment & { secret: string }> {
  const params = guestOf(reference, secret);
  return unwrap(client.POST("/api/v1/appointments/{reference}/confirm", { params, body: {} }));
}

export async function resendConfirmation(reference: string, secret: string): Promise<Appointment> {
  const params = guestOf(reference, secret);
  return unwrap(client.POST("/api/v1/appointments/{reference}/resend-confirmation", { params, body: {} }));
}

export async function correctContact(reference: string, secret: string, contact: Contact): Promise<Appointment> {
  const params = guestOf(reference, secret);
  return unwrap(client.POST("/api/v1/appointments/{reference}/contact", { params, body: { contact } }));
}

export async function extendConfirmation(reference: string, secret: string): Promise<Appointment> {
  const params = guestOf(reference, secret);
  return unwrap(client.POST("/api/v1/appointments/{reference}/extend", { params, body: {} }));
}

export async function moveAppointment(
  reference: string,
  secret: string,
  to: { office: string; starts_at: string },
): Promise<Appointment> {
  const params = guestOf(reference, secret);
  return unwrap(client.POST("/api/v1/appointments/{reference}/move", { params, body: to }));
}

export async function cancelAppointment(reference: string, secret: string): Promise<Appointment> {
  return unwrap(
    client.POST("/api/v1/appointments/{reference}/cancel", { params: guestOf(reference, secret), body: {} }),
  );
}

export async function undoCancellation(reference: string, secret: string): Promise<Appointment> {
  return unwrap(client.POST("/api/v1/appointments/{reference}/undo", { params: guestOf(reference, secret), body: {} }));
}

/** A one-time address of the calendar file, good for a minute. */
export async function createCalendarLink(reference: string, secret: string): Promise<string> {
  const params = guestOf(reference, secret);
  const { url } = await unwrap(client.POST("/api/v1/appointments/{reference}/calendar-link", { params, body: {} }));
  return url;
}
