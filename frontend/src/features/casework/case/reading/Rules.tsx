/** What the rules of the service said when the application was sent, each with what it looked at. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { bySection, type Input, type Rule } from "./rules";
import { FACTS, LEVELS, wordOf } from "./words";

const TITLES = {
  eligibility: "staff.case.rules.eligibility",
  fee: "staff.case.rules.fee",
  route: "staff.case.rules.route",
  decision: "staff.case.rules.decision",
} as const;

export function Rules({ item }: { item: Case }): ReactNode {
  const t = useT();
  if (item.rules.length === 0) return null;
  return (
    <section className="section" aria-labelledby="rules">
      <h2 id="rules">{t("staff.case.rules")}</h2>
      {bySection(item.rules).map(({ section, hits, others }) => (
        <div key={section} className="t4">
          <h3>{t(TITLES[section])}</h3>
          {hits.length === 0 && <p className="muted">{t("staff.case.rules.none")}</p>}
          <List rules={hits} />
          {others.length > 0 && (
            <details className={styles["more"]}>
              <summary>{t("staff.case.rules.others", { count: others.length })}</summary>
              <List rules={others} />
            </details>
          )}
        </div>
      ))}
    </section>
  );
}

function List({ rules }: { rules: readonly Rule[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  if (rules.length === 0) return null;
  return (
    <ul className={styles["plain"]}>
      {rules.map(({ rule, text, cents, inputs }) => (
        <li key={rule}>
          <p>{text ?? <code>{rule}</code>}</p>
          {cents !== null && <p className="nums">{format.amount(cents)}</p>}
          {inputs.length === 0 ? (
            <p className="muted small">{t("staff.case.rules.no_inputs")}</p>
          ) : (
            <dl className={styles["qa"]} aria-label={t("staff.case.rules.inputs")}>
              {inputs.map((input) => (
                <InputRow key={input.name} input={input} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

function InputRow({ input }: { input: Input }): ReactNode {
  const t = useT();
  const spoken = useInput();
  return (
    <>
      <dt>{input.label ?? wordOf(FACTS, input.name, t)}</dt>
      <dd>{spoken(input)}</dd>
    </>
  );
}

function useInput(): (input: Input) => string {
  const t = useT();
  const format = useFormat();
  return ({ name, label, words, value }) => {
    if (words.length > 0) return words.join(", ");
    if (name === "level") return wordOf(LEVELS, value, t);
    if (name === "today" && typeof value === "string") return format.numericDate(value);
    if (Array.isArray(value)) return t("staff.case.answers.entries", { count: value.length });
    if (typeof value === "boolean") return t(value ? "staff.case.yes" : "staff.case.no");
    return label !== null || value === null ? t("staff.case.answers.none") : String(value);
  };
}
