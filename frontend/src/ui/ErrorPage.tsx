/** Pages for when something is missing or broken: what happened, what is kept, what to do now. */
import type { ReactNode } from "react";
import { NO_CONNECTION, toProblem } from "../api/problem";
import { T, useT } from "../i18n/text";
import { Button, ButtonLink, TextLink } from "./Button";
import { Page } from "./Page";

export function MissingPage(): ReactNode {
  const t = useT();
  return (
    <Page title={t("common.missing.title")} lead={t("common.missing.lead")}>
      <div className="actions">
        <ButtonLink href="/">{t("common.home")}</ButtonLink>
        <TextLink href="/leistungen">{t("common.services")}</TextLink>
        <TextLink href="/standorte">{t("common.offices")}</TextLink>
      </div>
    </Page>
  );
}

interface Props {
  error: unknown;
  /** Tries again without loading the page anew; without it the button reloads. */
  retry?: () => void;
}

/** For a page that could not be read or has a fault; a 404 of the backend is a missing page. */
export function ErrorPage({ error, retry = () => window.location.reload() }: Props): ReactNode {
  const t = useT();
  const problem = toProblem(error);
  if (problem.status === 404) return <MissingPage />;
  const offline = problem.code === NO_CONNECTION;
  return (
    <Page
      title={t(offline ? "common.offline.title" : "common.error.title")}
      lead={t(offline ? "common.offline.lead" : "common.error.lead")}
    >
      {problem.number && (
        <p className="t4">
          <T id="common.error.number" values={{ number: <bdi>{problem.number}</bdi> }} />
        </p>
      )}
      <div className="actions">
        <Button onClick={retry}>{t("common.retry")}</Button>
        <TextLink href="/">{t("common.home")}</TextLink>
      </div>
    </Page>
  );
}
