/** What the pages of applications read; a draft and an application are always asked anew when a page opens. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import { toProblem, type ApiProblem } from "../../api/problem";
import { useLocalizedQuery } from "../../api/query";
import type { Service } from "../../api/types";
import { useAction, type Action } from "../../api/useAction";
import {
  checkDraft,
  getApplication,
  getDraft,
  getForm,
  getPayment,
  getReceipt,
  getService,
  listDrafts,
  listPowers,
} from "./api";
import type { Form } from "./engine/form";
import type { Application, Attachment, Check, Draft, DraftLine, Payment, Power, Receipt } from "./types";

const FRESH = { staleTime: 0 };
const ROOT = "applications";

export function useForm(service: string, version: number | null): UseQueryResult<Form, ApiProblem> {
  return useLocalizedQuery(
    [ROOT, "form", service, version],
    (lang, signal) => getForm(service, lang, version, signal),
    {
      staleTime: Infinity,
      enabled: service !== "",
    },
  );
}

export function useCatalogueService(slug: string | null): UseQueryResult<Service, ApiProblem> {
  return useLocalizedQuery([ROOT, "service", slug], (lang, signal) => getService(slug ?? "", lang, signal), {
    enabled: slug !== null,
  });
}

export function useDrafts(enabled: boolean): UseQueryResult<DraftLine[], ApiProblem> {
  return useLocalizedQuery([ROOT, "drafts"], listDrafts, { enabled, ...FRESH });
}

export function usePowers(enabled: boolean): UseQueryResult<Power[], ApiProblem> {
  return useQuery({ queryKey: [ROOT, "powers"], queryFn: ({ signal }) => listPowers(signal), enabled, ...FRESH });
}

const draftKey = (id: string) => [ROOT, "draft", id];

export function useDraft(id: string): UseQueryResult<Draft, ApiProblem> {
  return useQuery({
    queryKey: draftKey(id),
    queryFn: ({ signal }) => getDraft(id, signal),
    ...FRESH,
    // What is being typed must not change under the fingers.
    refetchOnReconnect: false,
  });
}

/** Puts a newer draft, or only newer files, in place. */
export function useDraftUpdate(id: string): {
  put: (draft: Draft) => void;
  putFile: (attachment_id: string, file: Attachment | null) => void;
} {
  const client = useQueryClient();
  const put = useCallback((draft: Draft) => client.setQueryData(draftKey(id), draft), [client, id]);
  const putFile = useCallback(
    (attachment_id: string, file: Attachment | null) =>
      client.setQueryData<Draft>(
        draftKey(id),
        (draft) => draft && { ...draft, attachments: withFile(draft.attachments, attachment_id, file) },
      ),
    [client, id],
  );
  return { put, putFile };
}

/** A list of files in which one came, changed or went. */
export function withFile(files: readonly Attachment[], attachment_id: string, file: Attachment | null): Attachment[] {
  const known = files.some((each) => each.attachment_id === attachment_id);
  if (!file) return files.filter((each) => each.attachment_id !== attachment_id);
  return known ? files.map((each) => (each.attachment_id === attachment_id ? file : each)) : [...files, file];
}

export function useCheck(id: string, revision: number): UseQueryResult<Check, ApiProblem> {
  return useLocalizedQuery([ROOT, "check", id, revision], (lang, signal) => checkDraft(id, lang, signal), FRESH);
}

export function useApplication(reference: string): UseQueryResult<Application, ApiProblem> {
  return useLocalizedQuery(
    [ROOT, "application", reference],
    (lang, signal) => getApplication(reference, lang, signal),
    FRESH,
  );
}

export function useReceipt(reference: string): UseQueryResult<Receipt, ApiProblem> {
  return useLocalizedQuery([ROOT, "receipt", reference], (lang, signal) => getReceipt(reference, lang, signal), FRESH);
}

/** Puts a newer application in place and lets its other languages be read again. */
export function useApplicationUpdate(reference: string): (application: Application) => Promise<void> {
  const client = useQueryClient();
  return async (application) => {
    client.setQueriesData<Application>({ queryKey: [ROOT, "application", reference] }, application);
    await client.invalidateQueries({ queryKey: [ROOT, "application", reference] });
  };
}

/** One step on an application; when somebody else was faster it is read anew, so that the next try is on what is true. */
export function useApplicationAction(reference: string): Action {
  const client = useQueryClient();
  const action = useAction();
  const { run } = action;
  return {
    ...action,
    run: (work) =>
      run(async () => {
        try {
          await work();
        } catch (error) {
          if (toProblem(error).code === "changed_elsewhere") {
            await client.invalidateQueries({ queryKey: [ROOT, "application", reference] });
          }
          throw error;
        }
      }),
  };
}

const PAYMENT_LOOK = 3_000;

/** The payment as its provider knows it; asked again while it is on its way. */
export function usePayment(reference: string): UseQueryResult<Payment, ApiProblem> {
  return useQuery<Payment, ApiProblem>({
    queryKey: [ROOT, "payment", reference],
    queryFn: ({ signal }) => getPayment(reference, signal),
    ...FRESH,
    refetchInterval: ({ state }) => (state.data?.state === "started" ? PAYMENT_LOOK : false),
  });
}
