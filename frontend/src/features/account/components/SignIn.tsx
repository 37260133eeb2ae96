/** The way to the service account, and the ways without one. */
import type { ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { lastWanted, signIn, type Wanted } from "../../../api/session";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { Button, TextLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { wantedAt, wantedOf, type Reason } from "../model";

const GOOD: readonly Reason[] = ["signed_out", "deleted"];

/** The last wish of this tab is more exact than what the server names, when both mean the same page. */
function lastOf(named: Wanted | null): Wanted {
  const last = lastWanted();
  return named && JSON.stringify(named.to) !== JSON.stringify(last.to) ? named : last;
}

interface Props {
  title: string;
  reason?: Reason | null;
}

/** On the sign-in page itself the last wish is repeated; elsewhere the page one is on is the wish. */
export function SignIn({ title, reason = null }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [path] = useLocation();
  const { busy, problem, attempt, run } = useAction();
  const named = wantedOf(useSearch());
  const wanted: Wanted = path === "/anmelden" ? lastOf(named) : wantedAt(path);
  const again = reason !== null && !GOOD.includes(reason);
  const start = () => void run(() => signIn(wanted, language, reason === "level"));
  return (
    <Page
      title={title}
      lead={t("account.sign_in.lead")}
      faulty={problem !== null}
      before={problem && <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format) }]} />}
    >
      {reason && (
        <Note kind={again ? "warn" : "ok"} className="t5">
          <p>{t(`account.reason.${reason}`)}</p>
          {reason === "level" && wanted.to.params["service"] && (
            <p>
              <TextLink href={`/antrag/${wanted.to.params["service"]}`}>{t("account.reason.level.ways")}</TextLink>
            </p>
          )}
        </Note>
      )}
      <div className="actions">
        <Button busy={busy} onClick={start}>
          {t(again ? "account.sign_in.again" : "account.sign_in")}
        </Button>
      </div>
      <p className="t4 muted small">{t("account.session.limit")}</p>
      <section className="section" aria-labelledby="without">
        <h2 id="without">{t("account.sign_in.without.title")}</h2>
        <p>{t("account.sign_in.without")}</p>
        <div className="actions">
          <TextLink href="/antrag-status">{t("account.sign_in.status")}</TextLink>
          <TextLink href="/leistungen">{t("account.sign_in.appointment")}</TextLink>
        </div>
      </section>
    </Page>
  );
}
