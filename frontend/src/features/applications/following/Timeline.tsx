/** The way of an application: what happened, where it is now, what comes. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Way, type Station } from "../../../ui/Way";
import type { Status, TimelineEntry } from "../types";
import { ENDED, nextText, paymentText, timelineText } from "./words";

export function Timeline({ status }: { status: Status }): ReactNode {
  const t = useT();
  const format = useFormat();
  const titleOf = useTitle();
  const next = nextText(status.next.key);
  const { date } = status.promise;
  const past = status.timeline.flatMap((entry, place): Station[] => {
    const title = titleOf(entry);
    return title
      ? [{ key: `${entry.at}-${String(place)}`, title, text: "", state: "done", when: format.moment(entry.at) }]
      : [];
  });
  const now: Station = {
    key: "now",
    title: t("applications.status.next"),
    text: next && t(next),
    state: "now",
  };
  const coming: Station[] =
    ENDED.has(status.state) || !date
      ? []
      : [
          {
            key: "decision",
            title: t("applications.timeline.decision"),
            text: t("applications.status.promise.until", { date: format.date(date) }),
            state: "next",
          },
        ];
  return (
    <section className="section" aria-labelledby="way">
      <h2 id="way">{t("applications.status.way")}</h2>
      <Way className="t5" stations={[...past, now, ...coming]} />
    </section>
  );
}

function useTitle(): (entry: TimelineEntry) => string | null {
  const t = useT();
  const format = useFormat();
  return (entry) => {
    const { type, params } = entry;
    if (type === "payment") {
      const state = paymentText(params["state"]);
      return state && t("applications.timeline.payment", { state: t(state) });
    }
    if (type === "request_extended") {
      return t("applications.timeline.request_extended", { date: format.day(String(params["due_on"])) });
    }
    const id = timelineText(entry);
    return id && t(id);
  };
}
