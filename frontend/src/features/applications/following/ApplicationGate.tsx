/** Pages of one application: read with the session; without one, the way to sign in or to number and code. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { signInLevel } from "../../../api/session";
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
    return <Closed reference={reference} required={String(error.extra["required"])} stepUp={error.status === 403} />;
  }
  if (data) return children(data, refetch);
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Loading />;
}

interface ClosedProps {
  reference: string;
  /** Level at which it was filed, when that is what is missing. */
  required: string;
  stepUp: boolean;
}

function Closed({ reference, required, stepUp }: ClosedProps): ReactNode {
  const t = useT();
  return (
    <Page
      title={t("applications.code.title")}
      lead={t(stepUp ? "account.error.level_too_low" : "applications.status.missing")}
    >
      <SignInBox
        stepUp={stepUp}
        wanted={{ level: signInLevel(required), to: { page: "application", params: { reference } }, path: null }}
      />
      <div className="actions">
        <ButtonLink look="second" href="/antrag-status">
          {t("applications.code.submit")}
        </ButtonLink>
      </div>
    </Page>
  );
}
