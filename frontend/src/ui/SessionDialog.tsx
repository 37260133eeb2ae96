/** "Do you need more time?": asked before the session ends, answered by one action. */
import type { ReactNode } from "react";
import { problemText } from "../api/problemText";
import type { Ending } from "../api/session";
import type { Session } from "../api/types";
import { useAction } from "../api/useAction";
import { useFormat } from "../i18n/format";
import { useT } from "../i18n/text";
import { useTimeLeft } from "../i18n/useTimeLeft";
import { announce } from "../lib/announce";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import styles from "./SessionDialog.module.css";

interface Props {
  ending: Ending;
  left: number;
  /** Asks the server for more time and puts its answer in place. */
  extend: () => Promise<Session>;
  signOut: { busy: boolean; start: () => void };
  /** Says that no more time is to be had, where that is another time than for people with an account. */
  last?: string | undefined;
  onClose: () => void;
}

export function SessionDialog({ ending, left, extend, signOut, last, onClose }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const spoken = useTimeLeft(left);
  const { busy, problem, run } = useAction();
  const seconds = Math.ceil(left / 1_000);
  const clock = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
  const stay = () =>
    void run(async () => {
      const session = await extend();
      if (session.expires_at) announce(t("account.session.extended", { time: format.time(session.expires_at) }));
    });
  return (
    <Dialog open title={t("account.session.soon.title")} describedBy="session-text" onClose={onClose}>
      <div id="session-text">
        <p>{t("account.session.soon", { time_left: spoken })}</p>
        {ending.last && <p>{last ?? t("account.session.last")}</p>}
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
          <Button busy={busy} onClick={stay}>
            {t("account.session.extend")}
          </Button>
        )}
        <Button look="second" busy={signOut.busy} onClick={signOut.start}>
          {t("account.sign_out")}
        </Button>
      </div>
    </Dialog>
  );
}
