/** Right after sending: until when it can be taken back, and the way to give it to the office at once. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { timeLeft } from "../../../lib/countdown";
import { useNow } from "../../../lib/useNow";
import { Button } from "../../../ui/Button";
import { Note } from "../../../ui/Note";
import { sendNow, undoSubmission } from "../api";
import { pageAddress } from "../model";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate, useDraftUpdate } from "../queries";
import type { Application } from "../types";

export function SentBox({ application }: { application: Application }): ReactNode {
  const t = useT();
  const format = useFormat();
  const now = useNow(5_000);
  const [, navigate] = useLocation();
  const update = useApplicationUpdate(application.reference);
  const { put } = useDraftUpdate(application.draft_id ?? "");
  const undo = useApplicationAction(application.reference);
  const pass = useApplicationAction(application.reference);
  const { undo_until: until, can } = application;
  const problem = undo.problem ?? pass.problem;
  const open = can.undo && until !== null && timeLeft(until, now) > 0;
  if (!open && !can.send_now) return null;
  const takeBack = () =>
    void undo.run(async () => {
      const draft = await undoSubmission(application);
      put(draft);
      announce(t("applications.status.undone"));
      navigate(pageAddress(draft.service, draft.draft_id));
    });
  const sendAtOnce = () =>
    void pass.run(async () => {
      await update(await sendNow(application));
      announce(t("applications.status.sent_now"));
    });
  return (
    <Note kind="ok" className="t5">
      {open && <p>{t("applications.status.sent.undo", { time: format.time(until) })}</p>}
      {open && application.payment === "booked" && <p>{t("applications.status.undo.refund")}</p>}
      {problem && <p role="alert">{problemText(problem, t, format, APPLICATION_ERRORS)}</p>}
      <div className="actions">
        {open && (
          <Button look="second" busy={undo.busy} onClick={takeBack}>
            {t("applications.status.undo")}
          </Button>
        )}
        {can.send_now && (
          <Button look="second" busy={pass.busy} onClick={sendAtOnce}>
            {t("applications.status.send_now")}
          </Button>
        )}
      </div>
    </Note>
  );
}
