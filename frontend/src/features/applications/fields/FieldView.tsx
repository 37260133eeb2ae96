/** One field of a form by its kind; what the account knows for sure is shown as text. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Rows } from "../../../ui/Rows";
import type { Node } from "../engine/form";
import { at, controlOf, pointerOf, type Path } from "../model";
import { AnswerText } from "./AnswerText";
import { DeclarationField, ManyField, OneField, YesNoField } from "./choices";
import { useFields } from "./context";
import { FileField } from "./FileField";
import { GroupField } from "./GroupField";
import { LongTextField, NumberField, TextField } from "./inputs";
import { CountryField, DateParts } from "./pickers";
import { PartsField } from "./PartsField";

export interface FieldProps {
  node: Node;
  path: Path;
  /** Says "(freiwillig)"; parts of an address say it in their own words. */
  optional: boolean;
}

const VIEWS: Record<string, (props: FieldProps) => ReactNode> = {
  text: TextField,
  email: TextField,
  phone: TextField,
  iban: TextField,
  plate: TextField,
  long_text: LongTextField,
  number: NumberField,
  money: NumberField,
  date: DateParts,
  yes_no: YesNoField,
  one_of: OneField,
  some_of: ManyField,
  country: CountryField,
  address: PartsField,
  person: PartsField,
  group: GroupField,
  file: FileField,
  declaration: DeclarationField,
};

export function FieldView(props: FieldProps): ReactNode {
  const { prefilled } = useFields();
  const pointer = pointerOf(props.path);
  const locked = prefilled.some((place) => place.pointer === pointer && place.locked);
  const View = VIEWS[props.node["x-type"]];
  if (!View) return null;
  return locked ? <LockedField {...props} /> : <View {...props} />;
}

function LockedField({ node, path }: FieldProps): ReactNode {
  const t = useT();
  const { answers, words } = useFields();
  const label = words.label(path);
  return (
    <div className="t5" id={controlOf(pointerOf(path))} tabIndex={-1}>
      <Rows
        items={[
          {
            key: "locked",
            label: label.text,
            value: <AnswerText node={node} path={path} value={at(answers, path)} words={words} />,
            more: t("applications.field.locked"),
          },
        ]}
      />
    </div>
  );
}

/** Label of a field, marked when it is only there in German. */
export function useLabel(path: Path): ReactNode {
  const { words } = useFields();
  return <LocalizedText text={words.label(path)} />;
}

/** Hint, why we ask, and where a prefilled value came from: everything that is read before typing. */
export function useHint(path: Path, example?: string): ReactNode {
  const t = useT();
  const { words, prefilled } = useFields();
  const hint = words.of(path, "hint");
  const pointer = pointerOf(path);
  const known = prefilled.some((place) => place.pointer === pointer && !place.locked);
  if (!hint && !known && !example) return undefined;
  return (
    <>
      {hint ? <LocalizedText text={hint} /> : example}
      {known && (
        <>
          {(hint ?? example) && <br />}
          {t("applications.field.prefilled")}
        </>
      )}
    </>
  );
}

/** The message at exactly this place. */
export function useFault(path: Path): string | undefined {
  const t = useT();
  const { words, faults } = useFields();
  const pointer = pointerOf(path);
  const fault = faults.find((found) => found.pointer === pointer);
  if (!fault) return undefined;
  return fault.code === "locked" ? t("applications.error.locked") : words.error(fault);
}
