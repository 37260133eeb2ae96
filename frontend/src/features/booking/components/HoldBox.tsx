/** How long the time is held: shown beside the page, asked in a dialog two minutes before it ends. */
import { useEffect, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useAction } from "../../../api/useAction";
import { useTimeLeft } from "../../../i18n/useTimeLeft";
import { timeLeft } from "../../../lib/countdown";
import { useNow } from "../../../lib/useNow";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Aside } from "../../../ui/Aside";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { holdAgain, moreTime, needsOtherTime } from "../holding";
import { stepAddress } from "../model";
import { problemText } from "../problems";
import { loadDraft } from "../storage";
import type { Hold } from "../types";
import styles from "./HoldBox.module.css";

const WARN_BEFORE = 120_000;

/** The end of a hold by the clock of this device. */
const endOf = ({ expires_at }: Hold, skew: number): string => new Date(Date.parse(expires_at) - skew).toISOString();

export function HoldBox({ hold, skew }: { hold: Hold; skew: number }): ReactNode {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const extend = useExtend();
  const [dismissed, setDismissed] = useState("");
  const left = timeLeft(hold.expires_at, now, skew);
  const until = format.time(endOf(hold, skew));
  useEffect(() => {
    announce(t("booking.hold.made", { time: until }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- said once when the page opens; an extension is said by the action itself
  }, []);
  const over = left === 0;
  const soon = !over && left <= WARN_BEFORE && dismissed !== hold.expires_at;
  return (
    <Aside title={t("booking.hold.title")} className="noprint">
      <p>
        <b>{t("booking.hold.until", { time: until })}</b>
      </p>
      {hold.extensions_left > 0 ? (
        <>
          <p className="muted small t1">{t("booking.hold.text", { count: hold.extensions_left })}</p>
          <Button look="second" className="t4" busy={extend.busy} onClick={extend.start}>
            {t("booking.hold.extend")}
          </Button>
        </>
      ) : (
        <p className="muted small t1">{t("booking.hold.last")}</p>
      )}
      {extend.message && <p className="t3">{extend.message}</p>}
      {soon && <SoonDialog left={left} hold={hold} extend={extend} onClose={() => setDismissed(hold.expires_at)} />}
      {over && <OverDialog />}
    </Aside>
  );
}

interface Extend {
  busy: boolean;
  message: string;
  start: () => void;
}

function useExtend(): Extend {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useAction();
  return {
    busy,
    message: problem && problem.code !== "hold_expired" ? problemText(problem, t, format) : "",
    start: () =>
      void run(async () => {
        const hold = await moreTime();
        announce(t("booking.hold.extended", { time: format.time(endOf(hold, loadDraft().skew)) }));
      }),
  };
}

interface SoonProps {
  left: number;
  hold: Hold;
  extend: Extend;
  onClose: () => void;
}

function SoonDialog({ left, hold, extend, onClose }: SoonProps): ReactNode {
  const t = useT();
  const spoken = useTimeLeft(left);
  const seconds = Math.ceil(left / 1_000);
  const clock = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <Dialog open title={t("booking.hold.soon.title")} describedBy="hold-text" onClose={onClose}>
      <p id="hold-text">{t("booking.hold.soon", { time_left: spoken })}</p>
      <p className={styles["clock"]} aria-hidden="true">
        <bdi>{clock}</bdi>
      </p>
      <p role="status" className="vh">
        {t("booking.hold.left", { time_left: spoken })}
      </p>
      {extend.message && <p role="alert">{extend.message}</p>}
      <div className="actions">
        {hold.extensions_left > 0 && (
          <Button busy={extend.busy} onClick={extend.start}>
            {t("booking.hold.extend")}
          </Button>
        )}
        <Button look="second" onClick={onClose}>
          {t("booking.hold.without")}
        </Button>
      </div>
    </Dialog>
  );
}

/** The hold ran out: nothing typed is lost, the same time is asked for again when the person goes on. */
function OverDialog(): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { busy, problem, run } = useAction();
  const carryOn = () =>
    void run(async () => {
      try {
        const hold = await holdAgain(language, null);
        announce(t("booking.hold.again", { time: format.time(endOf(hold, loadDraft().skew)) }));
      } catch (error) {
        if (!needsOtherTime(error)) throw error;
        navigate(stepAddress("time", loadDraft().selection));
      }
    });
  return (
    <Dialog open title={t("booking.hold.over.title")} describedBy="over-text" onClose={carryOn}>
      <p id="over-text">{t("booking.hold.over")}</p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        <Button busy={busy} onClick={carryOn}>
          {t("booking.hold.over.continue")}
        </Button>
      </div>
    </Dialog>
  );
}
