/** The order of the list as a choice, where the heads of the columns do not fit on the screen. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
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
  return (
    <div className={styles["order"]}>
      <SelectField
        id="reihenfolge"
        label={t("staff.list.order")}
        value={sort}
        onChange={({ target }) => onSort(sortOf(target.value))}
      >
        {sorts.map((each) => (
          <option key={each} value={each}>
            {t(ORDER[each])}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
