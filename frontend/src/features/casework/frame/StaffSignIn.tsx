/** The way to the issuer of staff, with the reason when somebody was sent here. */
import type { ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { signIn } from "../api";
import { useStaffSession } from "../queries";
import { addressAt, lastPath, reasonOf, rememberPath, returnOf, returnOfQuery } from "./model";

export function StaffSignIn(): ReactNode {
  const t = useT();
  const format = useFormat();
  const [path] = useLocation();
  const query = useSearch();
  const { data: session } = useStaffSession();
  const { busy, problem, attempt, run } = useAction();
  const reason = reasonOf(query);
  const good = reason === null || reason === "signed_out";
  const to = path === "/anmelden" ? (returnOfQuery(query) ?? returnOf(lastPath())) : returnOf(path);
  const start = () =>
    void run(async () => {
      if (path !== "/anmelden") rememberPath(addressAt(path, query));
      window.location.assign(await signIn(to, !good));
    });
  return (
    <Page
      title={t("staff.sign_in.title")}
      lead={t("staff.sign_in.lead")}
      faulty={problem !== null}
      before={problem && <ErrorSummary attempt={attempt} faults={[{ text: problemText(problem, t, format) }]} />}
    >
      {reason && (
        <Note kind={good ? "ok" : "warn"} className="t5">
          <p>{t(`staff.reason.${reason}`)}</p>
        </Note>
      )}
      {session?.available === false ? (
        <Note kind="warn" className="t5">
          <p>{t("staff.sign_in.unavailable")}</p>
        </Note>
      ) : (
        <div className="actions">
          <Button busy={busy} onClick={start}>
            {t(good ? "staff.sign_in.submit" : "staff.sign_in.again")}
          </Button>
        </div>
      )}
      <p className="t4 muted small">{t("staff.sign_in.limit")}</p>
    </Page>
  );
}
