/** What can be done with several cases at once; the buttons are always there, so that choosing cases moves nothing. */
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { TextButton } from "../../../ui/Button";
import { useProfile } from "../queries";
import type { CaseLine } from "../types";
import styles from "./BatchBar.module.css";
import { ACTIONS, MOST, oneService, type Action } from "./model";
import type { Done } from "./BatchNote";

const BatchDialog = lazy(() => import("./BatchDialog").then((m) => ({ default: m.BatchDialog })));

interface Props {
  lines: readonly CaseLine[];
  onDone: (done: Done) => void;
}

export function BatchBar({ lines, onDone }: Props): ReactNode {
  const t = useT();
  const { data: profile } = useProfile();
  const [open, setOpen] = useState<Action | null>(null);
  const [refused, setRefused] = useState<"none" | "services" | "many" | null>(null);
  if (!profile?.can["case.batch"]) return null;
  const start = (action: Action) => {
    const mixed = (action === "request" || action === "decide") && oneService(lines) === null;
    const many = lines.length > MOST ? "many" : null;
    const why = lines.length === 0 ? "none" : mixed ? "services" : many;
    setRefused(why);
    setOpen(why ? null : action);
  };
  return (
    <div className={styles["bar"]} role="group" aria-label={t("staff.batch.bar")}>
      {refused && <p role="alert">{t(`staff.batch.refused.${refused}`)}</p>}
      {ACTIONS.map((action) => (
        <TextButton key={action} onClick={() => start(action)}>
          {t(`staff.batch.${action}`)}
        </TextButton>
      ))}
      {open && (
        <Suspense>
          <BatchDialog
            action={open}
            lines={lines}
            onClose={() => setOpen(null)}
            onDone={(done) => {
              setOpen(null);
              onDone(done);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
