/** One routing rule: when it fits, where the case goes, and its place among the others. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { TextButton } from "../../../ui/Button";
import { Field, SelectField } from "../../../ui/Field";
import { useColleagues } from "../colleagues";
import { LANGUAGES } from "../lists/filters";
import { useServices } from "../lists/queries";
import { useOffices } from "../offices";
import styles from "./desk.module.css";
import { faultOf, type TypedRule } from "./rules";

interface Props {
  rule: TypedRule;
  place: number;
  last: boolean;
  judged: boolean;
  onChange: (rule: TypedRule) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

export function RuleRow({ rule, place, last, judged, onChange, onMove, onRemove }: Props): ReactNode {
  const t = useT();
  const { data: services = [] } = useServices();
  const colleagues = useColleagues();
  const offices = useOffices();
  const fault = judged ? faultOf(rule) : null;
  const set = (name: keyof TypedRule) => (event: { target: { value: string } }) =>
    onChange({ ...rule, [name]: event.target.value });
  const id = (name: string) => `regel-${String(rule.key)}-${name}`;
  const all = <option value="">{t("staff.filter.all")}</option>;
  return (
    <fieldset className={styles["item"]}>
      <legend>
        <b id={id("name")} tabIndex={-1}>
          {t("staff.routing.rule", { place })}
        </b>
      </legend>
      <div className={styles["toolbar"]}>
        <SelectField
          id={id("service")}
          label={t("staff.filter.service")}
          value={rule.service}
          onChange={set("service")}
        >
          {all}
          {services.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title.text}
            </option>
          ))}
        </SelectField>
        <Field
          id={id("postcodes")}
          label={t("staff.routing.postcodes")}
          value={rule.postcodes}
          onChange={set("postcodes")}
          error={fault === "postcodes" ? t("staff.routing.fault.postcodes") : undefined}
        />
        <SelectField
          id={id("language")}
          label={t("staff.filter.language")}
          value={rule.language}
          onChange={set("language")}
        >
          {all}
          {LANGUAGES.map((language) => (
            <option key={language} value={language}>
              {t(`staff.language.${language}`)}
            </option>
          ))}
        </SelectField>
        <SelectField id={id("office")} label={t("staff.routing.office")} value={rule.office} onChange={set("office")}>
          <option value="">{t("staff.routing.this_office")}</option>
          {offices.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          id={id("assignee")}
          label={t("staff.routing.person")}
          value={rule.assignee}
          onChange={set("assignee")}
          error={fault === "target" ? t("staff.routing.fault.target") : undefined}
        >
          <option value="">{t("staff.list.nobody")}</option>
          {colleagues.map(({ id: account, name }) => (
            <option key={account} value={account}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field
          id={id("team")}
          label={t("staff.routing.team")}
          value={rule.team}
          onChange={set("team")}
          error={fault === "team" ? t("staff.routing.fault.team") : undefined}
        />
      </div>
      <div className={styles["send"]}>
        {place > 1 && (
          <TextButton onClick={() => onMove(-1)} aria-label={t("staff.routing.up_named", { place })}>
            {t("staff.routing.up")}
          </TextButton>
        )}
        {!last && (
          <TextButton onClick={() => onMove(1)} aria-label={t("staff.routing.down_named", { place })}>
            {t("staff.routing.down")}
          </TextButton>
        )}
        <TextButton onClick={onRemove} aria-label={t("staff.routing.remove_named", { place })}>
          {t("staff.routing.remove")}
        </TextButton>
      </div>
    </fieldset>
  );
}
