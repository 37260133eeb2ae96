/** "Was fehlt?": the papers at once, the answers by page behind their headings. */
import { useState, type ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import styles from "./acting.module.css";
import type { Asking } from "./filling";
import { placesOf, type Place } from "./places";
import type { Case } from "../../types";
import { toggled } from "./WordingFields";

/** Id of the first control. */
const FIRST = "ask-place";

interface Props {
  item: Case;
  values: Pick<Asking, "fields" | "files">;
  change: (part: Partial<Asking>) => void;
  error: string | undefined;
}

export function PlacesField({ item, values, change, error }: Props): ReactNode {
  const t = useT();
  const { slots, pages } = placesOf(item);
  const toggle = (kind: "fields" | "files") => (name: string, on: boolean) =>
    change({ [kind]: toggled(values[kind], name, on) });
  return (
    <ChoiceGroup legend={t("staff.acting.places")} look="tight" error={error}>
      <Boxes places={slots} chosen={values.files} toggle={toggle("files")} first={FIRST} />
      {pages.map(({ page, title, fields }, at) => (
        <PageOfFields
          key={page}
          title={title}
          places={fields}
          chosen={values.fields}
          toggle={toggle("fields")}
          first={slots.length === 0 && at === 0 ? FIRST : undefined}
        />
      ))}
    </ChoiceGroup>
  );
}

interface BoxesProps {
  places: readonly Place[];
  chosen: readonly string[];
  toggle: (name: string, on: boolean) => void;
  /** Id of the first control, where the summary of faults leads to. */
  first: string | undefined;
}

function Boxes({ places, chosen, toggle, first }: BoxesProps): ReactNode {
  return places.map(({ name, label }, at) => (
    <Choice
      key={name}
      type="checkbox"
      look="plain"
      id={at === 0 ? first : undefined}
      name="ask-places"
      value={name}
      checked={chosen.includes(name)}
      onChange={(event) => toggle(name, event.target.checked)}
    >
      {label}
    </Choice>
  ));
}

function PageOfFields({ title, first, ...boxes }: BoxesProps & { title: string }): ReactNode {
  const t = useT();
  const count = boxes.places.filter(({ name }) => boxes.chosen.includes(name)).length;
  // Open from the start only: unticking the last box must not take the box away.
  const [open] = useState(count > 0);
  return (
    <details className={styles["page"]} open={open}>
      <summary id={first}>
        {count ? t("staff.acting.places.chosen", { title, count }) : t("staff.acting.places.page", { title })}
      </summary>
      <Boxes {...boxes} first={undefined} />
    </details>
  );
}
