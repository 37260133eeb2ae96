/** One act on the chosen cases: fill in, look what it would do, do it. */
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { berlinDay, useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import type { BatchResult, CaseLine } from "../types";
import { useKept } from "../case/acting/kept";
import { ErrorPart } from "../desk/ErrorPart";
import { useProfile } from "../queries";
import { batchCases } from "./api";
import styles from "./BatchBar.module.css";
import { BatchFields } from "./BatchFields";
import { Failed, type Done } from "./BatchNote";
import { Progress } from "./Progress";
import {
  bodyOf,
  consequencesOf,
  missingOf,
  NOTHING_CHOSEN,
  placeOf,
  type Action,
  type BatchBody,
  type Chosen,
  type Missing,
} from "./model";
import { useFollowed } from "./queries";

interface Props {
  action: Action;
  lines: readonly CaseLine[];
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** What was looked at: only this is carried out, on the revisions that it was looked at with. */
interface Looked {
  body: BatchBody;
  result: BatchResult;
}

/** Where a fault is mended. */
const CONTROLS: Readonly<Record<Missing, string>> = {
  label: "#stapel-dazu",
  places: "#stapel-was",
  reason: "#stapel-text-frei",
  confirm: "[id^=stapel-gelesen-]:not(:checked)",
  due: "#stapel-frist",
  outcome: "[name=stapel-ausgang]",
};

/** Leads to a fault, also where somebody folded it away. */
function goTo(fault: Missing): void {
  const control = document.querySelector<HTMLElement>(CONTROLS[fault]);
  control?.closest("details")?.setAttribute("open", "");
  control?.focus();
}

export function BatchDialog({ action, lines, onClose, onDone }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useAction();
  const { data: me } = useProfile();
  // What was typed outlives a session that ended meanwhile; who closes the dialog gives it up.
  const { values: chosen, change: keep, forget } = useKept(placeOf(me?.account ?? "", action, lines), NOTHING_CHOSEN);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  const { result: preview, refused, again } = useFollowed(looked?.result ?? null);
  // An answer about a choice that changed meanwhile comes too late and counts for nothing.
  const newest = useRef(0);
  const change = (part: Partial<Chosen>) => {
    newest.current += 1;
    keep(part);
    setLooked(null);
  };
  const close = () => {
    forget();
    onClose();
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    const fault = missingOf(action, chosen, berlinDay(new Date()));
    setMissing(fault);
    if (fault) return goTo(fault);
    const body = bodyOf(action, lines, chosen, true);
    const asked = (newest.current += 1);
    return void run(async () => {
      const result = await batchCases(body);
      if (newest.current === asked) setLooked({ body, result });
    });
  };
  const act = ({ body }: Looked) =>
    void run(async () => {
      const result = await batchCases({ ...body, preview: false });
      forget();
      onDone({ action, result });
    });
  const ready = looked && preview && preview.left === 0 && preview.done.length > 0;
  return (
    <Dialog
      open
      title={t(`staff.batch.${action}.title`, { count: lines.length })}
      describedBy="stapel-text"
      onClose={close}
    >
      <form onSubmit={look} noValidate className={styles["dialog"]}>
        <p id="stapel-text">{t(`staff.batch.${action}.text`)}</p>
        <BatchFields action={action} lines={lines} chosen={chosen} change={change} missing={missing} />
        {problem && <p role="alert">{problemText(problem, t, format)}</p>}
        {preview && preview.left > 0 && <Progress result={preview} />}
        {refused && <ErrorPart error={refused} retry={again} />}
        <div role="status">{preview?.left === 0 && <Preview result={preview} />}</div>
        <div className="actions">
          {ready ? (
            <Button busy={busy} onClick={() => act(looked)}>
              {t(`staff.batch.${action}.submit`, { count: preview.done.length })}
            </Button>
          ) : (
            <Button type="submit" busy={busy || (!refused && (preview?.left ?? 0) > 0)}>
              {t("staff.batch.look")}
            </Button>
          )}
          <Button look="second" onClick={close}>
            {t("staff.batch.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What would happen, case by case and together. */
function Preview({ result }: { result: BatchResult }): ReactNode {
  const t = useT();
  const { second, post, german } = consequencesOf(result);
  return (
    <>
      <p className="t4">{t("staff.batch.preview", { count: result.done.length })}</p>
      {second > 0 && <p>{t("staff.batch.preview.second", { count: second })}</p>}
      {post > 0 && <p>{t("staff.batch.preview.post", { count: post })}</p>}
      {german > 0 && <p>{t("staff.batch.preview.german", { count: german })}</p>}
      <Failed result={result} />
    </>
  );
}
