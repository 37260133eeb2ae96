/** Says in plain words when the line is slow or gone; nothing typed is lost meanwhile. */
import { useEffect, type ReactNode } from "react";
import { useNetworkState } from "../api/network";
import { useT } from "../i18n/text";
import { announce, announceNow } from "../lib/announce";
import { Note } from "./Note";

export function NetworkNote(): ReactNode {
  const t = useT();
  const state = useNetworkState();
  const text = state === "ok" ? "" : t(state === "slow" ? "common.network.slow" : "common.network.offline");
  useEffect(() => {
    if (text) (state === "offline" ? announceNow : announce)(text);
  }, [state, text]);
  return (
    text && (
      <div className="wrap t4">
        <Note kind="warn">
          <p>{text}</p>
        </Note>
      </div>
    )
  );
}
