/** One act on the chosen cases: fill in, look what it would do, do it. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { berlinDay, useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import type { BatchResult, CaseLine } from "../types";
import { batchCases } from "./api";
import styles from "./BatchBar.module.css";
import { BatchFields } from "./BatchFields";
import { Failed, type Done } from "./BatchNote";
import { bodyOf, missingOf, NOTHING_CHOSEN, type Action, type Chosen, type Missing } from "./model";

interface Props {
  action: Action;
  lines: readonly CaseLine[];
  onClose: () => void;
  onDone: (done: Done) => void;
}

export function BatchDialog({ action, lines, onClose, onDone }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useAction();
  const [chosen, setChosen] = useState<Chosen>(NOTHING_CHOSEN);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [preview, setPreview] = useState<BatchResult | null>(null);
  const change = (part: Partial<Chosen>) => {
    setChosen((before) => ({ ...before, ...part }));
    setPreview(null);
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    const fault = missingOf(action, chosen, berlinDay(new Date()));
    setMissing(fault);
    if (!fault) void run(async () => setPreview(await batchCases(bodyOf(action, lines, chosen, true))));
  };
  const act = () =>
    void run(async () => {
      onDone({ action, result: await batchCases(bodyOf(action, lines, chosen, false)) });
    });
  const ready = preview && preview.done.length > 0;
  return (
    <Dialog
      open
      title={t(`staff.batch.${action}.title`, { count: lines.length })}
      describedBy="stapel-text"
      onClose={onClose}
    >
      <form onSubmit={look} noValidate className={styles["dialog"]}>
        <p id="stapel-text">{t(`staff.batch.${action}.text`)}</p>
        <BatchFields action={action} lines={lines} chosen={chosen} change={change} missing={missing} />
        {problem && <p role="alert">{problemText(problem, t, format)}</p>}
        <div role="status">
          {preview && <p className="t4">{t("staff.batch.preview", { count: preview.done.length })}</p>}
          {preview && <Failed result={preview} />}
        </div>
        <div className="actions">
          {ready ? (
            <Button busy={busy} onClick={act}>
              {t(`staff.batch.${action}.submit`, { count: preview.done.length })}
            </Button>
          ) : (
            <Button type="submit" busy={busy}>
              {t("staff.batch.look")}
            </Button>
          )}
          <Button look="second" onClick={onClose}>
            {t("staff.batch.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
