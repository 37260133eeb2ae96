/** Where one is signed in, and how to end all others. */
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Ready } from "../../../ui/Ready";
import { endSessions } from "../api";
import { useAgain, useOwnSessions } from "../queries";
import styles from "./area.module.css";

export function OwnSessions(): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("sessions");
  const { busy, problem, run } = useAction();
  const end = () =>
    void run(async () => {
      await endSessions();
      await again();
      announce(t("account.sessions.ended"));
      document.getElementById("sessions")?.focus();
    });
  return (
    <section className="section" aria-labelledby="sessions">
      <h2 id="sessions" tabIndex={-1}>
        {t("account.sessions.title")}
      </h2>
      <Ready reading={useOwnSessions()}>
        {(sessions) => (
          <>
            <ul className={styles["list"]}>
              {sessions.map(({ id, current, device, seen_at }) => (
                <li key={id}>
                  <h3>{t(current ? "account.sessions.this" : "account.sessions.other")}</h3>
                  {device && (
                    <p className="muted">
                      <bdi>{device}</bdi>
                    </p>
                  )}
                  <p className="muted">{t("account.sessions.seen", { time: format.moment(seen_at) })}</p>
                </li>
              ))}
            </ul>
            {problem && (
              <p className="t3" role="alert">
                {problemText(problem, t, format)}
              </p>
            )}
            {sessions.length > 1 && (
              <div className="actions">
                <Button look="second" busy={busy} onClick={end}>
                  {t("account.sessions.end")}
                </Button>
              </div>
            )}
          </>
        )}
      </Ready>
    </section>
  );
}
