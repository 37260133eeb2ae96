/** Fields that are typed: text in its kinds, long text, numbers and amounts. */
import type { ComponentProps, ReactNode } from "react";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Field, FieldFrame } from "../../../ui/Field";
import styles from "../../../ui/Field.module.css";
import { at, controlOf, pointerOf } from "../model";
import { useFields } from "./context";
import { useFault, useHint, useLabel, type FieldProps } from "./FieldView";
import own from "./fields.module.css";

type InputProps = Partial<ComponentProps<typeof Field>>;

/** How each kind is typed: keyboard, direction, width. */
const KINDS: Record<string, InputProps> = {
  email: { type: "email", dir: "ltr", spellCheck: false },
  phone: { type: "tel", dir: "ltr" },
  iban: { dir: "ltr", spellCheck: false, autoCapitalize: "characters" },
  plate: { dir: "ltr", width: "code", spellCheck: false },
};

export function TextField({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change } = useFields();
  const type = node["x-type"];
  const example =
    type === "iban" ? t("applications.field.iban") : type === "plate" ? t("applications.field.plate") : undefined;
  const value = at(answers, path);
  const short = (node.maxLength ?? 100) <= 20;
  return (
    <Field
      {...KINDS[type]}
      {...(short && { width: "short" as const })}
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      label={useLabel(path)}
      hint={useHint(path, example)}
      error={useFault(path)}
      optional={optional}
      autoComplete={node["x-autocomplete"] ?? "off"}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => change(path, event.target.value)}
    />
  );
}

export function LongTextField({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change } = useFields();
  const id = controlOf(pointerOf(path));
  const value = at(answers, path);
  const error = useFault(path);
  const limit = t("applications.field.limit", { count: node.maxLength ?? 5000 });
  return (
    <FieldFrame id={id} label={useLabel(path)} hint={useHint(path, limit)} error={error} optional={optional}>
      {(describedBy) => (
        <textarea
          id={id}
          name={pointerOf(path)}
          rows={6}
          className={`${styles["input"]} ${own["long"]}`}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => change(path, event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

/** Cents as one types them: "12,50" with the mark of the language. */
function useTyped(money: boolean): (value: number) => string {
  const { locale } = LANGUAGE_FACTS[useLanguage()];
  const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: false });
  return (value) => (money ? amount.format(value / 100) : String(value));
}

/** What is typed stays text until it is saved, so that nothing jumps under the fingers. */
export function NumberField({ node, path, optional }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change } = useFields();
  const money = node["x-type"] === "money";
  const typed = useTyped(money);
  const value = at(answers, path);
  return (
    <Field
      id={controlOf(pointerOf(path))}
      name={pointerOf(path)}
      inputMode={money ? "decimal" : "numeric"}
      width="short"
      dir="ltr"
      label={useLabel(path)}
      hint={useHint(path, money ? t("applications.field.money") : undefined)}
      error={useFault(path)}
      optional={optional}
      value={typeof value === "number" ? typed(value) : typeof value === "string" ? value : ""}
      onChange={(event) => change(path, event.target.value)}
    />
  );
}
