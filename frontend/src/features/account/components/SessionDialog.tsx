/** "Do you need more time?": asked before the session ends, answered by one action. */
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { extendSession, useSessionUpdate } from "../../../api/session";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { useTimeLeft } from "../../../i18n/useTimeLeft";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import type { Ending } from "../model";
import styles from "./SessionFrame.module.css";
import { useSignOut } from "./SessionSignOut";

interface Props {
  ending: Ending;
  left: number;
  onClose: () => void;
}

export function SessionDialog({ ending, left, onClose }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const spoken = useTimeLeft(left);
  const update = useSessionUpdate();
  const { busy, problem, run } = useAction();
  const leave = useSignOut();
  const seconds = Math.ceil(left / 1_000);
  const clock = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
  const extend = () =>
    void run(async () => {
      const session = await extendSession();
      await update(session);
      if (session.expires_at) announce(t("account.session.extended", { time: format.time(session.expires_at) }));
    });
  return (
    <Dialog open title={t("account.session.soon.title")} describedBy="session-text" onClose={onClose}>
      <div id="session-text">
        <p>{t("account.session.soon", { time_left: spoken })}</p>
        {ending.last && <p>{t("account.session.last")}</p>}
      </div>
      <p className={styles["clock"]} aria-hidden="true">
        <bdi>{clock}</bdi>
      </p>
      <p role="status" className="vh">
        {t("account.session.left", { time_left: spoken })}
      </p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        {!ending.last && (
          <Button busy={busy} onClick={extend}>
            {t("account.session.extend")}
          </Button>
        )}
        <Button look="second" busy={leave.busy} onClick={leave.start}>
          {t("account.sign_out")}
        </Button>
      </div>
    </Dialog>
  );
}
