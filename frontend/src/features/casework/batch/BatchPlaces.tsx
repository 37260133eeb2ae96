/** What can be asked for in the chosen cases: papers at once, answers behind their heading, with how many cases have them. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { toggled } from "../case/acting/WordingFields";
import type { BatchScope } from "./api";
import type { Chosen, Missing } from "./model";

/** Id of the first control, where a fault leads to. */
const PLACES = "stapel-was";

interface Props {
  scope: BatchScope;
  total: number;
  chosen: Chosen;
  change: (part: Partial<Chosen>) => void;
  missing: Missing | null;
}

export function BatchPlaces({ scope, total, chosen, change, missing }: Props): ReactNode {
  const t = useT();
  const count = chosen.fields.length;
  const slots = scope.fields.some(({ file }) => file);
  // Open from the start only: clearing the last box must not take the box away.
  const [open] = useState(count > 0);
  const boxes = (kind: "fields" | "files") =>
    scope.fields
      .filter(({ file }) => file === (kind === "files"))
      .map(({ name, label, cases }, at) => (
        <Choice
          key={name}
          type="checkbox"
          look="plain"
          id={kind === "files" && at === 0 ? PLACES : undefined}
          name={PLACES}
          value={name}
          checked={chosen[kind].includes(name)}
          onChange={({ target }) => change({ [kind]: toggled(chosen[kind], name, target.checked) })}
        >
          {cases < total ? t("staff.batch.place_of", { label, count: cases }) : label}
        </Choice>
      ));
  const group = useRef<HTMLDivElement>(null);
  // The dialog opened before this was loaded, so focus stands behind it, on the button.
  useEffect(() => group.current?.querySelector<HTMLElement>("input, summary")?.focus(), []);
  return (
    <div ref={group}>
      <ChoiceGroup
        legend={t("staff.acting.places")}
        look="tight"
        error={missing === "places" ? t("staff.batch.missing.places") : undefined}
      >
        {boxes("files")}
        <details open={open}>
          <summary id={slots ? undefined : PLACES}>
            {count ? t("staff.acting.places.chosen", { count }) : t("staff.acting.places.fields")}
          </summary>
          {boxes("fields")}
        </details>
      </ChoiceGroup>
    </div>
  );
}
