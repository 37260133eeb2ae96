/** Which other office: the browser's own list, which finds a name by its first letters. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { SelectField } from "../../../../ui/Field";
import { useOtherOffices } from "./offices";

interface Props {
  id: string;
  /** The office that has the case now. */
  own: string;
  value: string;
  onChange: (office: string) => void;
  error: string | undefined;
}

export function OfficeField({ id, own, value, onChange, error }: Props): ReactNode {
  const t = useT();
  return (
    <SelectField
      id={id}
      label={t("staff.acting.office")}
      error={error}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t("staff.acting.office.choose")}</option>
      {useOtherOffices(own).map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
