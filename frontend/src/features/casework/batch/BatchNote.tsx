/** What became of a batch: how many, which not and why, and the way back while there is one. */
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT, type MessageId, type Translate } from "../../../i18n/text";
import { Button, TextButton } from "../../../ui/Button";
import { Note } from "../../../ui/Note";
import type { BatchResult } from "../types";
import { announce } from "../../../lib/announce";
import { ErrorPart } from "../desk/ErrorPart";
import { useListsAgain } from "../lists/queries";
import { undoBatch } from "./api";
import styles from "./BatchBar.module.css";
import type { Action } from "./model";
import { Progress } from "./Progress";
import { useFollowed } from "./queries";

export interface Done {
  action: Action | "undo";
  result: BatchResult;
}

interface Props {
  done: Done;
  onUndone: (done: Done) => void;
  onClose: () => void;
}

export function BatchNote({ done, onUndone, onClose }: Props): ReactNode {
  const { action } = done;
  const t = useT();
  const format = useFormat();
  const note = useRef<HTMLDivElement>(null);
  const { busy, problem, run } = useAction();
  const { result, refused: lost, again: lookAgain } = useFollowed(done.result);
  const again = useListsAgain();
  useEffect(() => note.current?.focus(), [done]);
  const { batch, left, undo_until } = result;
  const said = t(`staff.batch.${action}.done`, { count: result.done.length });
  // What the server did after its first answer is not on the screen yet.
  const late = done.result.left > 0 && left === 0 ? said : null;
  useEffect(() => {
    if (late === null) return;
    void again();
    announce(late);
  }, [late, again]);
  const undo = () =>
    void run(async () => {
      if (batch) onUndone({ action: "undo", result: await undoBatch(batch) });
    });
  const refused =
    problem && (problem.code === "batch_undo_over" ? t("staff.batch.undo.over") : problemText(problem, t, format));
  return (
    <div ref={note} tabIndex={-1} className={styles["note"]}>
      <Note kind={result.failed.length > 0 ? "warn" : "ok"} className="t3">
        <p>{said}</p>
        {left > 0 && <Progress result={result} />}
        {lost && <ErrorPart error={lost} retry={lookAgain} />}
        <Failed result={result} />
        {refused && <p role="alert">{refused}</p>}
        <div className="actions">
          {batch && undo_until && action !== "undo" && (
            <Button look="second" busy={busy} onClick={undo}>
              {t("staff.batch.undo", { time: format.time(undo_until) })}
            </Button>
          )}
          <TextButton onClick={onClose}>{t("staff.batch.close")}</TextButton>
        </div>
      </Note>
    </div>
  );
}

type Why = Extract<MessageId, `staff.batch.why.${string}`>;

const WHY: Readonly<Record<string, Why>> = {
  changed_elsewhere: "staff.batch.why.changed",
  not_found: "staff.batch.why.missing",
  decision_pending: "staff.batch.why.pending",
  not_in_office: "staff.batch.why.office",
  worker_absent: "staff.batch.why.absent",
  not_now: "staff.batch.why.state",
  forbidden: "staff.batch.why.forbidden",
  own_proposal: "staff.batch.why.forbidden",
  invalid: "staff.batch.why.invalid",
  case_busy: "staff.batch.why.held",
  batch_stopped: "staff.batch.why.stopped",
  no_translation: "staff.batch.why.translation",
  grace_not_over: "staff.batch.why.grace",
};

const whyText = (code: string, t: Translate): string =>
  (t as (id: Why) => string)(WHY[code] ?? "staff.batch.why.other");

export function Failed({ result: { failed } }: { result: BatchResult }): ReactNode {
  const t = useT();
  if (failed.length === 0) return null;
  return (
    <>
      <p className="t2">{t("staff.batch.failed", { count: failed.length })}</p>
      <ul className={styles["failed"]}>
        {failed.map(({ reference, code }) => (
          <li key={reference}>
            <Link href={`/vorgang/${reference}`}>
              <bdi>{reference}</bdi>
            </Link>
            : {whyText(code, t)}
          </li>
        ))}
      </ul>
    </>
  );
}
