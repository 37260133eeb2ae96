/** The right side of a case: what comes next, and below it everything else that can be done. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { useProfile } from "../../queries";
import styles from "./acting.module.css";
import { Ended } from "./Ended";
import { Leaving } from "./Leaving";
import { MoreActs } from "./MoreActs";
import { NextStep } from "./NextStep";
import { MeContext } from "./me";
import { OpenRequest } from "./OpenRequest";
import { Returned } from "./Returned";
import { openRequest, standingOf } from "./standing";
import { PANEL, type ActsOn } from "./useAct";
import { useCaseShortcuts } from "./useCaseShortcuts";
import { Waiting } from "./Waiting";

/** Who may only read a case (an auditor) has no profile here and gets nothing to act with. */
export function Acting(acts: ActsOn): ReactNode {
  const { data: me } = useProfile();
  return (
    me && (
      <MeContext value={me}>
        <Panels {...acts} />
      </MeContext>
    )
  );
}

function Panels(acts: ActsOn): ReactNode {
  const t = useT();
  useCaseShortcuts(acts);
  return (
    <>
      <section className={styles["panel"]} aria-labelledby={PANEL}>
        <h2 id={PANEL} tabIndex={-1}>
          {t("staff.acting.title")}
        </h2>
        <Now {...acts} />
      </section>
      <MoreActs {...acts} />
    </>
  );
}

function Now(acts: ActsOn): ReactNode {
  const { item } = acts;
  const standing = standingOf(item);
  const request = openRequest(item);
  if (standing === "ended") return <Ended {...acts} />;
  if (item.proposal && standing === "waiting") return <Waiting {...acts} proposal={item.proposal} />;
  if (item.proposal && standing === "leaving") return <Leaving {...acts} proposal={item.proposal} />;
  return (
    <>
      {request && <OpenRequest {...acts} request={request} />}
      <Returned item={item} />
      <NextStep {...acts} />
    </>
  );
}
