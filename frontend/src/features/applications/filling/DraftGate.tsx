/** Pages of a draft: its form in the version that counts, and the way to sign in when the session is gone. */
import type { ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { signInLevel } from "../../../api/session";
import { useT } from "../../../i18n/text";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import type { Form } from "../engine/form";
import { useDraft, useForm } from "../queries";
import { useWords, type Words } from "../text";
import type { Draft } from "../types";
import { SignInBox } from "./SignInBox";

export interface Opened {
  form: Form;
  draft: Draft;
  words: Words;
  /** Name of the service, for titles. */
  service: string;
}

export function DraftGate({ children }: { children: (opened: Opened) => ReactNode }): ReactNode {
  const { draft: id = "" } = useParams<{ draft: string }>();
  const draft = useDraft(id);
  const form = useForm(draft.data?.service ?? "", draft.data?.version ?? null);
  const error = draft.error ?? form.error;
  if (error && (error.status === 401 || error.status === 403)) {
    return <SignedOut id={id} required={String(error.extra["required"])} stepUp={error.status === 403} />;
  }
  if (draft.data && form.data)
    return (
      <Loaded form={form.data} draft={draft.data}>
        {children}
      </Loaded>
    );
  if (error) return <ErrorPage error={error} retry={() => void draft.refetch()} />;
  return <Loading />;
}

function Loaded({
  form,
  draft,
  children,
}: {
  form: Form;
  draft: Draft;
  children: (opened: Opened) => ReactNode;
}): ReactNode {
  const words = useWords(form);
  return children({ form, draft, words, service: words.get("service.title").text });
}

interface SignedOutProps {
  id: string;
  /** Level that the draft asks for, when it was refused for that. */
  required: string;
  stepUp: boolean;
}

function SignedOut({ id, required, stepUp }: SignedOutProps): ReactNode {
  const t = useT();
  const { service = "" } = useParams<{ service: string }>();
  const [path] = useLocation();
  const { data: form } = useForm(service, null);
  return (
    <Page
      title={t("account.sign_in")}
      lead={t(stepUp ? "account.error.level_too_low" : "account.error.unauthenticated")}
    >
      {form?.facts.trust_level === "none" && (
        <Note className="t5">
          <p>{t("applications.resume.over")}</p>
        </Note>
      )}
      <SignInBox
        stepUp={stepUp}
        wanted={{ level: signInLevel(required), to: { page: "draft", params: { service, draft: id } }, path }}
      />
    </Page>
  );
}
