/** The order of the list as a choice that is sent, where the heads of the columns do not fit on the screen. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { SelectField } from "../../../ui/Field";
import { ORDER, sortOf, type Sort } from "./sorting";
import styles from "./WorkList.module.css";

interface Props {
  sort: Sort;
  sorts: readonly Sort[];
  onSort: (sort: Sort) => void;
}

export function SortSelect({ sort, sorts, onSort }: Props): ReactNode {
  const t = useT();
  const [chosen, setChosen] = useState(sort);
  const [from, setFrom] = useState(sort);
  // The list came in another order: what is chosen follows it.
  if (from !== sort) {
    setFrom(sort);
    setChosen(sort);
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSort(chosen);
  };
  return (
    <form className={styles["order"]} onSubmit={submit}>
      <SelectField
        id="reihenfolge"
        label={t("staff.list.order")}
        value={chosen}
        onChange={({ target }) => setChosen(sortOf(target.value))}
      >
        {sorts.map((each) => (
          <option key={each} value={each}>
            {t(ORDER[each])}
          </option>
        ))}
      </SelectField>
      <Button type="submit" look="second">
        {t("staff.list.order.submit")}
      </Button>
    </form>
  );
}
