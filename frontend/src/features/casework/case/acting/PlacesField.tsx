/** "Was fehlt?": the papers at once, the answers by page behind their headings. */
import { useState, type ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import styles from "./acting.module.css";
import type { Asking } from "./filling";
import { placesOf, type Place, type Places } from "./places";
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
      <Fields
        pages={pages}
        chosen={values.fields}
        toggle={toggle("fields")}
        first={slots.length === 0 ? FIRST : undefined}
      />
    </ChoiceGroup>
  );
}

interface BoxesProps {
  places: readonly Place[];
  chosen: readonly string[];
  toggle: (name: string, on: boolean) => void;
  /** Id of the first control, where the summary of faults leads to. */
  first?: string | undefined;
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

/** The answers of the form below the titles of their pages, closed until one is wanted. */
function Fields({ pages, first, ...boxes }: Omit<BoxesProps, "places"> & Pick<Places, "pages">): ReactNode {
  const t = useT();
  const count = boxes.chosen.length;
  // Open from the start only: unticking the last box must not take the box away.
  const [open] = useState(count > 0);
  return (
    <details className={styles["fields"]} open={open}>
      <summary id={first}>
        {count ? t("staff.acting.places.chosen", { count }) : t("staff.acting.places.fields")}
      </summary>
      {pages.map(({ page, title, fields }) => (
        <div key={page} role="group" aria-labelledby={`ask-page-${page}`}>
          <p id={`ask-page-${page}`} className="muted small">
            {title}
          </p>
          <Boxes places={fields} {...boxes} />
        </div>
      ))}
    </details>
  );
}
