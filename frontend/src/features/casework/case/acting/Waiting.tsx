/** A decision waits for a second person: who approves sees exactly what will be sent; nobody approves the own one. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Note } from "../../../../ui/Note";
import { approveDecision, returnDecision, undoDecision } from "./api";
import { useMe } from "./me";
import { ProposedLetter } from "./ProposedLetter";
import { Refused } from "./Refused";
import type { Proposal } from "./standing";
import { TextAct } from "./TextAct";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

export function Waiting({ proposal, ...acts }: ActsOn & { proposal: Proposal }): ReactNode {
  const t = useT();
  const act = useAct(acts);
  const faults = useFaults({}, act);
  const { can, line } = acts.item;
  const approve = () => act.run(approveDecision, t("staff.acting.approve.done"));
  const takeBack = () => act.run(undoDecision, t("staff.acting.undo.done"));
  return (
    <>
      <Refused problem={act.problem} faults={faults} />
      <Why proposal={proposal} mayApprove={can.approve} />
      {proposal.preview && <ProposedLetter preview={proposal.preview} reference={line.reference} />}
      {can.approve && (
        <div className="actions">
          <Button id="approve" busy={act.busy} onClick={approve}>
            {t("staff.acting.approve")}
          </Button>
        </div>
      )}
      {can.approve && <Return {...acts} />}
      {can.undo && (
        <div className="actions">
          <Button look="second" busy={act.busy} onClick={takeBack}>
            {t("staff.acting.take_back")}
          </Button>
        </div>
      )}
    </>
  );
}

/** What is proposed, by whom, why a second person is needed, and why oneself is not that person. */
function Why({ proposal, mayApprove }: { proposal: Proposal; mayApprove: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  const own = proposal.proposer === useMe().account;
  const by = { name: proposal.proposer_name ?? t("staff.acting.somebody"), at: format.moment(proposal.proposed_at) };
  return (
    <Note>
      <p>
        <b>{t(`staff.acting.waiting.${proposal.outcome}`)}</b>
      </p>
      {own && <p>{t("staff.acting.waiting.own")}</p>}
      {!own && <p>{proposal.proposer ? t("staff.acting.waiting.by", by) : t("staff.acting.waiting.rules")}</p>}
      {proposal.proposer && proposal.second_why && <p>{t(`staff.acting.waiting.why.${proposal.second_why}`)}</p>}
      {!own && !mayApprove && <p>{t("staff.acting.waiting.not_you")}</p>}
    </Note>
  );
}

/** Not agreed: with the reason that the proposer needs. */
function Return(acts: ActsOn): ReactNode {
  const t = useT();
  return (
    <details className="t5">
      <summary>{t("staff.acting.return")}</summary>
      <TextAct
        {...acts}
        form="return"
        label={t("staff.acting.return.reason")}
        submit={t("staff.acting.return.submit")}
        said={t("staff.acting.return.done")}
        missing="return"
        act={returnDecision}
      />
    </details>
  );
}
