/** The link from a mail: opened by a press, since mail programs follow links on their own. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { problemText } from "../../../api/problemText";
import { useSessionUpdate } from "../../../api/session";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { useFragment } from "../../../lib/fragment";
import { Button } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { resumeDraft } from "../api";
import { pageAddress } from "../model";

export function ResumePage(): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const session = useSessionUpdate();
  const secret = useFragment("s");
  const { busy, problem, attempt, run } = useAction();
  const gone = problem?.code === "link_sent_again";
  const open = (given: string) =>
    void run(async () => {
      const { service, draft_id, reference } = await resumeDraft(given);
      await session();
      const opened = draft_id === null ? `/antraege/${reference ?? ""}` : pageAddress(service, draft_id);
      navigate(opened, { replace: true });
    });
  const refusal = problem && !gone ? problemText(problem, t, format) : "";
  return (
    <Page
      title={t("applications.resume.open.title")}
      lead={secret && !gone ? t("applications.resume.open.lead") : undefined}
      faulty={refusal !== ""}
      before={refusal && <ErrorSummary attempt={attempt} faults={[{ text: refusal }]} />}
    >
      {(gone || !secret) && (
        <div role={gone ? "alert" : undefined}>
          <Note kind="warn" className="t5">
            <p>{t(gone ? "applications.resume.gone" : "applications.resume.missing")}</p>
          </Note>
        </div>
      )}
      {secret && !gone && (
        <div className="actions">
          <Button busy={busy} onClick={() => open(secret)}>
            {t("applications.resume.open")}
          </Button>
        </div>
      )}
    </Page>
  );
}
