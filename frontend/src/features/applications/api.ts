/** The only door of applications to the network: one function per operation, refusals thrown as `ApiProblem`. */
import type { Language } from "../../i18n/languages";
import type { Service } from "../../api/types";
import { client, unwrap } from "../../api/client";
import type { Answers, Form } from "./engine/form";
import type {
  Application,
  Attachment,
  Check,
  Draft,
  DraftLine,
  OpenedLink,
  OpenStatus,
  Payment,
  PaymentState,
  PayWay,
  Power,
  Receipt,
  StartedUpload,
  Verified,
} from "./types";

const DRAFT = "/api/v1/drafts/{draft_id}";
const APPLICATION = "/api/v1/applications/{reference}";

const etag = (revision: number) => ({ "If-Match": `"${String(revision)}"` });
const keyed = () => ({ "Idempotency-Key": crypto.randomUUID() });
const ofDraft = (draft: Pick<Draft, "draft_id" | "revision">) => ({
  path: { draft_id: draft.draft_id },
  header: etag(draft.revision),
});
const ofApplication = (application: Pick<Application, "reference" | "revision">) => ({
  path: { reference: application.reference },
  header: etag(application.revision),
});
const within = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** To the API answers and forms are JSON of any shape; here they are what the form engine makes of them. */
const known = <Shape>(answer: Promise<unknown>): Promise<Shape> => answer as Promise<Shape>;

/** A form in a version; without one the newest. */
export async function getForm(
  service: string,
  lang: Language,
  version: number | null,
  signal?: AbortSignal,
): Promise<Form> {
  const params = { path: { service }, query: { lang, ...(version !== null && { version }) } };
  return known(unwrap(client.GET("/api/v1/forms/{service}", { params, ...within(signal) })));
}

/** What the catalogue says of the service: fees and ways. */
export async function getService(slug: string, lang: Language, signal: AbortSignal): Promise<Service> {
  return unwrap(client.GET("/api/v1/services/{slug}", { params: { path: { slug }, query: { lang } }, signal }));
}

export async function listDrafts(lang: Language, signal: AbortSignal): Promise<DraftLine[]> {
  return (await unwrap(client.GET("/api/v1/drafts", { params: { query: { lang } }, signal }))).items;
}

export async function listPowers(signal: AbortSignal): Promise<Power[]> {
  return (await unwrap(client.GET("/api/v1/powers-of-attorney", { signal }))).items;
}

export async function createDraft(service: string, language: Language, onBehalfOf: string | null): Promise<Draft> {
  const body = { service, language, ...(onBehalfOf && { on_behalf_of: onBehalfOf }) };
  return known(unwrap(client.POST("/api/v1/drafts", { params: { header: keyed() }, body })));
}

export async function getDraft(draft_id: string, signal?: AbortSignal): Promise<Draft> {
  return known(unwrap(client.GET(DRAFT, { params: { path: { draft_id } }, cache: "no-store", ...within(signal) })));
}

export async function savePage(draft: Draft, page: string, answers: Answers): Promise<Draft> {
  const { path, header } = ofDraft(draft);
  const params = { path: { ...path, page }, header };
  return known(unwrap(client.PUT(`${DRAFT}/pages/{page}`, { params, body: { answers } })));
}

export async function sendResumeLink(draft_id: string, email: string): Promise<void> {
  await unwrap(client.POST(`${DRAFT}/resume-link`, { params: { path: { draft_id } }, body: { email } }));
}

export async function resumeDraft(secret: string): Promise<OpenedLink> {
  const params = { header: { "X-Amtsweg-Secret": secret } };
  return unwrap(client.POST("/api/v1/drafts/resume", { params }));
}

export async function checkDraft(draft_id: string, lang: Language, signal: AbortSignal): Promise<Check> {
  const params = { path: { draft_id }, query: { lang } };
  return unwrap(client.POST(`${DRAFT}/check`, { params, signal }));
}

export interface Sending {
  content_hash: string;
  fee_cents: number | null;
  electronic_delivery: boolean;
  language: Language;
}

/** `key` stays the same for every repeat of one intent, so that nothing is sent twice. */
export async function submit(draft: Draft, sending: Sending, key: string): Promise<Application> {
  const { path, header } = ofDraft(draft);
  const params = { path, header: { ...header, "Idempotency-Key": key } };
  return known(unwrap(client.POST(`${DRAFT}/submit`, { params, body: sending })));
}

export async function getApplication(reference: string, lang: Language, signal?: AbortSignal): Promise<Application> {
  const params = { path: { reference }, query: { lang } };
  return known(unwrap(client.GET(APPLICATION, { params, cache: "no-store", ...within(signal) })));
}

export async function getStatus(reference: string, code: string, lang: Language): Promise<OpenStatus> {
  return unwrap(client.POST("/api/v1/applications/status", { body: { reference, code, lang } }));
}

/** A link by mail to what was sent without an account. */
export async function sendApplicationLink(reference: string, code: string, lang: Language): Promise<void> {
  await unwrap(client.POST("/api/v1/applications/status/link", { body: { reference, code, lang } }));
}

type Stepped = Pick<Application, "reference" | "revision">;

export async function undoSubmission(application: Stepped): Promise<Draft> {
  return known(unwrap(client.POST(`${APPLICATION}/undo`, { params: ofApplication(application) })));
}

export async function sendNow(application: Stepped): Promise<Application> {
  return known(unwrap(client.POST(`${APPLICATION}/send-now`, { params: ofApplication(application) })));
}

export async function withdraw(application: Stepped): Promise<Application> {
  return known(unwrap(client.POST(`${APPLICATION}/withdraw`, { params: ofApplication(application) })));
}

/** What the rules decided is looked at by a person. */
export async function askForPerson(application: Stepped): Promise<Application> {
  return known(unwrap(client.POST(`${APPLICATION}/ask-person`, { params: ofApplication(application) })));
}

/** The receipt's content, in this language and in German. */
export async function getReceipt(reference: string, lang: Language, signal: AbortSignal): Promise<Receipt> {
  const params = { path: { reference }, query: { lang, format: "json" as const } };
  return known(unwrap(client.GET(`${APPLICATION}/receipt`, { params, cache: "no-store", signal })));
}

/** `key` stays the same for every repeat of one message, so that nothing is written twice. */
export async function sendMessage(
  application: Stepped,
  text: string,
  attachments: string[],
  key: string,
): Promise<Application> {
  const { path, header } = ofApplication(application);
  const params = { path, header: { ...header, "Idempotency-Key": key } };
  return known(unwrap(client.POST(`${APPLICATION}/messages`, { params, body: { text, attachments } })));
}

export async function answerRequest(application: Stepped, request_id: string, answers: Answers): Promise<Application> {
  const { path, header } = ofApplication(application);
  const params = { path: { ...path, request_id }, header };
  const to = `${APPLICATION}/requests/{request_id}/answer`;
  return known(unwrap(client.POST(to, { params, body: { answers } })));
}

export async function extendRequest(application: Stepped, request_id: string): Promise<Application> {
  const { path, header } = ofApplication(application);
  const params = { path: { ...path, request_id }, header };
  return known(unwrap(client.POST(`${APPLICATION}/requests/{request_id}/extend`, { params })));
}

export async function startPayment(
  reference: string,
  way: PayWay,
): Promise<{ location: string | null; state: PaymentState }> {
  const params = { path: { reference }, header: keyed() };
  return unwrap(client.POST(`${APPLICATION}/payment`, { params, body: { way } }));
}

export async function getPayment(reference: string, signal?: AbortSignal): Promise<Payment> {
  const params = { path: { reference } };
  return unwrap(client.GET(`${APPLICATION}/payment`, { params, cache: "no-store", ...within(signal) }));
}

export async function verifyDocument(code: string, lang: Language): Promise<Verified> {
  return unwrap(client.POST("/api/v1/documents/verify", { body: { code, lang } }));
}

/** Files go to a draft, or to an open request or message of an application. */
export type FileHome = { kind: "draft"; draft_id: string } | { kind: "request" | "message"; reference: string };

export async function startUpload(home: FileHome, slot: string, file: File): Promise<StartedUpload> {
  const about = { slot, name: file.name, size: file.size };
  if (home.kind === "draft") {
    const params = { path: { draft_id: home.draft_id }, header: keyed() };
    return unwrap(client.POST(`${DRAFT}/attachments`, { params, body: about }));
  }
  const params = { path: { reference: home.reference }, header: keyed() };
  const body = { ...about, purpose: home.kind };
  return unwrap(client.POST(`${APPLICATION}/attachments`, { params, body }));
}

const FILE = "/api/v1/attachments/{attachment_id}";

export async function getAttachment(attachment_id: string): Promise<Attachment> {
  return unwrap(client.GET(FILE, { params: { path: { attachment_id } }, cache: "no-store" }));
}

export async function removeAttachment(attachment_id: string): Promise<void> {
  await unwrap(client.DELETE(FILE, { params: { path: { attachment_id } } }));
}

/** Addresses of files for plain links; the session opens them. */
export const fileAddress = (attachment_id: string) => `/api/v1/attachments/${attachment_id}/content`;
export const letterAddress = (reference: string, letter: string, language: Language) =>
  `/api/v1/applications/${reference}/letters/${letter}?lang=${language}`;
export const remedyCalendarAddress = (reference: string, letter: string, language: Language) =>
  `/api/v1/applications/${reference}/letters/${letter}/calendar?lang=${language}`;
export const receiptAddress = (reference: string, language: Language, format: "pdf" | "json" = "pdf") =>
  `/api/v1/applications/${reference}/receipt?format=${format}&lang=${language}`;
