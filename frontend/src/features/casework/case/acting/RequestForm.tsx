/** Ask the citizen for exactly these fields and papers, with the reason and a day. */
import type { FormEvent, ReactNode } from "react";
import { berlinDay } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { openRequest } from "./api";
import { useTextBlocks } from "./blocks";
import { DueField } from "./DueField";
import { askingBody, missingOfAsking, NOTHING_ASKED } from "./filling";
import { useKept } from "./kept";
import { useMyPlace } from "./me";
import { PlacesField } from "./PlacesField";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";
import { WordingFields } from "./WordingFields";

const CONTROLS = { places: "ask-place", text: "ask-text", translation: "ask-translation", day: "ask-day" };

export function RequestForm(acts: ActsOn): ReactNode {
  const { item } = acts;
  const t = useT();
  const { values, change, forget } = useKept(useMyPlace(item, "request"), NOTHING_ASKED);
  const blocks = useTextBlocks(item.line.service, "request");
  const act = useAct(acts);
  const faults = useFaults(CONTROLS, act);
  const today = berlinDay(new Date());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingOfAsking(values, today);
    faults.refuse(missing);
    if (missing.length > 0) return;
    const body = askingBody(values, new Set(blocks.map(({ id }) => id)), today);
    act.run((seen) => openRequest(seen, body), t("staff.acting.request.sent"), forget);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Refused problem={act.problem} faults={faults} />
      <PlacesField item={item} values={values} change={change} error={faults.at("places")} />
      <WordingFields
        id="ask"
        language={item.line.language}
        blocks={blocks}
        values={values}
        change={change}
        label={t("staff.acting.message.to", { name: item.line.name ?? t("staff.acting.person") })}
        optional={values.blocks.length > 0}
        faults={faults}
      />
      <DueField id="ask" values={values} change={change} today={today} error={faults.at("day")} />
      <div className="actions">
        <Button type="submit" busy={act.busy}>
          {t("staff.acting.request.send")}
        </Button>
      </div>
    </form>
  );
}
