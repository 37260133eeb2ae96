/** Fields that are chosen: yes or no, one of several, some of several, and the sentence one agrees to. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { FieldMessage, SelectField } from "../../../ui/Field";
import fieldStyles from "../../../ui/Field.module.css";
import { LocalizedText } from "../../../ui/LocalizedText";
import { at, controlOf, pointerOf, type Path } from "../model";
import { useFields } from "./context";
import { useFault, useHint, useLabel, type FieldProps } from "./FieldView";

/** From here on a native select is easier to use than a list of boxes. */
const LONG_LIST = 9;

/** The question as the group's legend; the mark for optional ones belongs to it. */
function useLegend(path: Path, optional: boolean): ReactNode {
  const t = useT();
  const label = useLabel(path);
  return (
    <span className={fieldStyles["label"]}>
      {label} {optional && <span className={fieldStyles["free"]}>{t("common.optional")}</span>}
    </span>
  );
}

export function YesNoField({ path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change, words } = useFields();
  const value = at(answers, path);
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  return (
    <ChoiceGroup
      className={fieldStyles["field"] ?? ""}
      legend={useLegend(path, optional)}
      hint={useHint(path)}
      error={error}
    >
      {([true, false] as const).map((answer) => {
        const own = words.of(path, answer ? "option.yes" : "option.no");
        return (
          <Choice
            key={String(answer)}
            type="radio"
            id={answer ? id : undefined}
            name={pointerOf(path)}
            value={String(answer)}
            checked={value === answer}
            onChange={() => change(path, answer)}
          >
            {own ? <LocalizedText text={own} /> : t(answer ? "applications.field.yes" : "applications.field.no")}
          </Choice>
        );
      })}
    </ChoiceGroup>
  );
}

export function OneField(props: FieldProps): ReactNode {
  return (props.node.enum ?? []).length > LONG_LIST ? <LongOneField {...props} /> : <ShortOneField {...props} />;
}

function ShortOneField({ node, path, optional }: FieldProps): ReactNode {
  const { answers, change, words } = useFields();
  const value = at(answers, path);
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  return (
    <ChoiceGroup
      className={fieldStyles["field"] ?? ""}
      legend={useLegend(path, optional)}
      hint={useHint(path)}
      error={error}
    >
      {(node.enum ?? []).map((option, place) => {
        const hint = words.of(path, `option.${option}.hint`);
        return (
          <Choice
            key={option}
            type="radio"
            id={place === 0 ? id : undefined}
            name={pointerOf(path)}
            value={option}
            checked={value === option}
            onChange={() => change(path, option)}
            more={hint && <LocalizedText text={hint} />}
          >
            <OptionText path={path} option={option} />
          </Choice>
        );
      })}
    </ChoiceGroup>
  );
}

function OptionText({ path, option }: { path: Path; option: string }): ReactNode {
  const { words } = useFields();
  const text = words.of(path, `option.${option}`);
  return text && <LocalizedText text={text} />;
}

function LongOneField({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change, words } = useFields();
  const value = at(answers, path);
  return (
    <SelectField
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      label={useLegend(path, optional)}
      hint={useHint(path)}
      error={useFault(path)}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => change(path, event.target.value || null)}
    >
      <option value="">{t("applications.field.choose")}</option>
      {(node.enum ?? []).map((option) => {
        const text = words.of(path, `option.${option}`);
        return (
          <option key={option} value={option}>
            {text?.text}
          </option>
        );
      })}
    </SelectField>
  );
}

export function ManyField({ node, path, optional }: FieldProps): ReactNode {
  const { answers, change, words } = useFields();
  const value = at(answers, path);
  const chosen = Array.isArray(value) ? value : [];
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  const options = (node.items && "enum" in node.items && node.items.enum) || [];
  const toggle = (option: string) => {
    const now = chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option];
    // In the order of the form, so that the same choice is always the same answer.
    change(
      path,
      options.filter((known) => now.includes(known)),
    );
  };
  return (
    <ChoiceGroup
      className={fieldStyles["field"] ?? ""}
      legend={useLegend(path, optional)}
      hint={useHint(path)}
      error={error}
    >
      {options.map((option, place) => {
        const hint = words.of(path, `option.${option}.hint`);
        return (
          <Choice
            key={option}
            type="checkbox"
            id={place === 0 ? id : undefined}
            name={pointerOf(path)}
            value={option}
            checked={chosen.includes(option)}
            onChange={() => toggle(option)}
            more={hint && <LocalizedText text={hint} />}
          >
            <OptionText path={path} option={option} />
          </Choice>
        );
      })}
    </ChoiceGroup>
  );
}

/** The sentence itself is the label; binding wording stands above it in German, unchanged. */
export function DeclarationField({ path }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change, words } = useFields();
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  const hint = useHint(path);
  const legal = words.of(path, "legal");
  const described = [hint ? `${id}-hint` : "", legal ? `${id}-legal` : "", error ? `${id}-error` : ""];
  return (
    <div className={`${fieldStyles["field"]} ${error ? fieldStyles["bad"] : ""}`}>
      {legal && (
        <div id={`${id}-legal`}>
          <p className="muted">{t("applications.field.legal")}</p>
          <p lang="de" dir="ltr">
            {legal.text}
          </p>
        </div>
      )}
      {hint && (
        <p className={fieldStyles["hint"]} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
      <div className="t3">
        <Choice
          type="checkbox"
          id={id}
          name={pointerOf(path)}
          checked={at(answers, path) === true}
          aria-describedby={described.filter(Boolean).join(" ") || undefined}
          aria-invalid={error ? true : undefined}
          onChange={(event) => change(path, event.target.checked ? true : null)}
        >
          {useLabel(path)}
        </Choice>
      </div>
    </div>
  );
}
