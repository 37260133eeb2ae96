/** Everything else that can be done with a case. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import styles from "./acting.module.css";
import { addNote, exportAddress, reopen, writeToCitizen } from "./api";
import { AssignForm } from "./AssignForm";
import { Correct } from "./Correct";
import { Fold } from "./Fold";
import { HandOverForm } from "./HandOverForm";
import { useMe } from "./me";
import { OpenOpinions } from "./OpenOpinions";
import { OpinionForm } from "./OpinionForm";
import { TextAct } from "./TextAct";
import type { ActsOn } from "./useAct";
import { NOTE_FOLD } from "./useCaseShortcuts";

export function MoreActs(acts: ActsOn): ReactNode {
  const t = useT();
  const { can, training } = useMe();
  const { item } = acts;
  return (
    <section className={styles["panel"]} aria-labelledby="more-acts">
      <h2 id="more-acts">{t("staff.acting.more")}</h2>
      {item.can.assign && (
        <Fold title={t("staff.acting.assign")} item={item} form="assign">
          <AssignForm {...acts} />
        </Fold>
      )}
      {item.can.correct && (
        <Fold title={t("staff.acting.correct")} item={item} form="correct">
          <Correct {...acts} />
        </Fold>
      )}
      {item.can.opinion && !training && (
        <Fold title={t("staff.acting.opinion")} item={item} form="opinion">
          <OpenOpinions {...acts} />
          <OpinionForm {...acts} />
        </Fold>
      )}
      {item.can.hand_over && !training && (
        <Fold title={t("staff.acting.hand_over")} item={item} form="hand-over">
          <HandOverForm {...acts} />
        </Fold>
      )}
      {item.can.reopen && <Reopen {...acts} />}
      <Writing {...acts} />
      {can["case.export"] && (
        <p>
          <a className={styles["link"]} href={exportAddress(item.line.reference)} download>
            {t("staff.acting.export")}
          </a>
        </p>
      )}
    </section>
  );
}

function Reopen(acts: ActsOn): ReactNode {
  const t = useT();
  return (
    <Fold title={t("staff.acting.reopen")} item={acts.item} form="reopen">
      <TextAct
        {...acts}
        form="reopen"
        label={t("staff.acting.reopen.reason")}
        hint={t("staff.acting.reopen.hint")}
        submit={t("staff.acting.reopen.submit")}
        said={t("staff.acting.reopen.done")}
        missing="reopen"
        act={reopen}
      />
    </Fold>
  );
}

/** A note that stays in the office, and a message that goes to the citizen. */
function Writing(acts: ActsOn): ReactNode {
  const t = useT();
  const me = useMe();
  const { can, line } = acts.item;
  return (
    <>
      {can.note && (
        <Fold id={NOTE_FOLD} title={t("staff.acting.note")} item={acts.item} form="note">
          <TextAct
            {...acts}
            form="note"
            label={t("staff.acting.note.label")}
            hint={t("staff.acting.note.hint")}
            submit={t("staff.acting.note.submit")}
            said={t("staff.acting.note.done")}
            missing="text"
            act={addNote}
          />
        </Fold>
      )}
      {me.can["case.write"] && (
        <Fold title={t("staff.acting.write")} item={acts.item} form="write">
          <TextAct
            {...acts}
            form="write"
            label={t("staff.acting.message.to", { name: line.name ?? t("staff.acting.person") })}
            hint={t("staff.acting.write.hint")}
            submit={t("staff.acting.write.submit")}
            said={t("staff.acting.write.done")}
            missing="text"
            act={writeToCitizen}
          />
        </Fold>
      )}
    </>
  );
}
