/** A date as three fields, and a country from the list of the language. */
import type { ReactNode } from "react";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { ThreeFields } from "../../../ui/DateField";
import { SelectField } from "../../../ui/Field";
import { at, controlOf, pointerOf } from "../model";
import { useFields } from "./context";
import { COUNTRIES } from "./countries";
import { useFault, useHint, useLabel, type FieldProps } from "./FieldView";

/** Never the same day as a real one that is asked for, but one that everybody can read. */
const EXAMPLE = "5 3 1990";

export function DateParts({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change } = useFields();
  const value = at(answers, path);
  const label = useLabel(path);
  return (
    <ThreeFields
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      label={
        optional ? (
          <>
            {label} {t("common.optional")}
          </>
        ) : (
          label
        )
      }
      hint={useHint(path, t("applications.field.date", { example: EXAMPLE }))}
      error={useFault(path)}
      own={node["x-autocomplete"] === "bday"}
      value={typeof value === "string" ? value : ""}
      onChange={(typed) => change(path, typed)}
    />
  );
}

export function CountryField({ path }: FieldProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { answers, change } = useFields();
  const value = at(answers, path);
  const { locale } = LANGUAGE_FACTS[language];
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const listed = COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
  return (
    <SelectField
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      label={useLabel(path)}
      hint={useHint(path)}
      error={useFault(path)}
      autoComplete="off"
      value={typeof value === "string" ? value : ""}
      onChange={(event) => change(path, event.target.value || null)}
    >
      <option value="">{t("applications.field.choose")}</option>
      {listed.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
