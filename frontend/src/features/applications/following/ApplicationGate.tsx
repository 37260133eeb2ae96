/** Pages of one application: read with the session; without one, the way to sign in or to number and code. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { SignInBox } from "../filling/SignInBox";
import { useApplication } from "../queries";
import type { Application } from "../types";

/** Not signed in, not enough, not one's own: all look alike and lead on. */
const CLOSED = new Set([401, 403, 404]);

interface Props {
  children: (application: Application, again: () => Promise<unknown>) => ReactNode;
}

export function ApplicationGate({ children }: Props): ReactNode {
  const { reference = "" } = useParams<{ reference: string }>();
  const { data, error, refetch } = useApplication(reference);
  if (error && CLOSED.has(error.status)) {
    return <Closed reference={reference} required={error.extra["required"] === "high" ? "high" : "basic"} />;
  }
  if (data) return children(data, refetch);
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Loading />;
}

function Closed({ reference, required }: { reference: string; required: "basic" | "high" }): ReactNode {
  const t = useT();
  return (
    <Page title={t("applications.code.title")} lead={t("applications.status.missing")}>
      <SignInBox wanted={{ level: required, to: { page: "application", params: { reference } }, path: null }} />
      <div className="actions">
        <ButtonLink look="second" href="/antrag-status">
          {t("applications.code.submit")}
        </ButtonLink>
      </div>
    </Page>
  );
}
