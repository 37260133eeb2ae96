/** Questions to other offices that are not answered yet, each with the way to call it off. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { TextButton } from "../../../../ui/Button";
import styles from "./acting.module.css";
import { withdrawOpinion } from "./api";
import { useOfficeName } from "../../offices";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

export function OpenOpinions(acts: ActsOn): ReactNode {
  const t = useT();
  const format = useFormat();
  const nameOf = useOfficeName();
  const act = useAct(acts);
  const faults = useFaults({}, act);
  const open = acts.item.opinions.filter(({ state }) => state === "open");
  if (open.length === 0) return null;
  return (
    <>
      <Refused problem={act.problem} faults={faults} />
      <ul className={styles["opinions"]}>
        {open.map(({ id, office, question, due_on }) => (
          <li key={id}>
            <b>{t("staff.acting.opinion.open", { office: nameOf(office), date: format.date(due_on) })}</b>
            <p className={styles["text"]}>{question}</p>
            <TextButton
              aria-label={t("staff.acting.opinion.withdraw.of", { office: nameOf(office) })}
              onClick={() => act.run((seen) => withdrawOpinion(seen, id), t("staff.acting.opinion.withdrawn"))}
            >
              {t("staff.acting.opinion.withdraw")}
            </TextButton>
          </li>
        ))}
      </ul>
    </>
  );
}
