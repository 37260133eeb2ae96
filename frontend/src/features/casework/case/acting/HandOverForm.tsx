/** The case belongs to another office: it goes there with a note. */
import type { FormEvent, ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { handOver } from "./api";
import type { Missing } from "./filling";
import { useKept } from "./kept";
import { LongText } from "./LongText";
import { useMyPlace } from "./me";
import { OfficeField } from "./OfficeField";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

export function HandOverForm(acts: ActsOn): ReactNode {
  const { item } = acts;
  const t = useT();
  const { values, change, forget } = useKept(useMyPlace(item, "hand-over"), { office: "", note: "" });
  const act = useAct(acts);
  const faults = useFaults({ choice: "hand-over-office", text: "hand-over-note" }, act);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const note = values.note.trim();
    const missing: Missing[] = [
      ...(values.office ? [] : [{ field: "choice", code: "office" } as const]),
      ...(note ? [] : [{ field: "text", code: "note" } as const]),
    ];
    faults.refuse(missing);
    if (missing.length > 0) return;
    act.run((seen) => handOver(seen, values.office, note), t("staff.acting.hand_over.done"), forget);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Refused problem={act.problem} faults={faults} />
      <OfficeField
        id="hand-over-office"
        own={item.line.office}
        value={values.office}
        onChange={(office) => change({ office })}
        error={faults.at("choice")}
      />
      <LongText
        id="hand-over-note"
        label={t("staff.acting.hand_over.note")}
        hint={t("staff.acting.hand_over.hint")}
        error={faults.at("text")}
        value={values.note}
        onChange={(note) => change({ note })}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={act.busy}>
          {t("staff.acting.hand_over.submit")}
        </Button>
      </div>
    </form>
  );
}
