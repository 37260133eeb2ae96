/** Filters as a form that is sent; typing in it draws nothing but itself. */
import { useState, type FormEvent, type ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Field, SelectField } from "../../../ui/Field";
import { LANGUAGES, NOTHING, same, STATES, type Typed } from "./filters";
import styles from "./FilterForm.module.css";
import { useServices } from "./queries";
import { useColleagues } from "../colleagues";

interface Props {
  typed: Typed;
  onFilter: (typed: Typed) => void;
}

export function FilterForm({ typed, onFilter }: Props): ReactNode {
  const t = useT();
  const [draft, setDraft] = useState(typed);
  const [from, setFrom] = useState(typed);
  // Another view was opened: its filters take the place of what stood in the form.
  if (!same(from, typed)) {
    setFrom(typed);
    setDraft(typed);
  }
  const set = (name: keyof Typed) => (value: string) => setDraft((before) => ({ ...before, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(draft);
  };
  const more = [
    draft.sprache,
    draft.alter,
    draft.wartet,
    draft.kennzeichen,
    draft.gefahr,
    draft.eskaliert,
    draft.freigabe,
  ];
  return (
    <form className={styles["filters"]} onSubmit={submit} aria-label={t("staff.filter.label")}>
      <div className={styles["toolbar"]}>
        <ServiceSelect value={draft.dienst} onChange={set("dienst")} />
        <StateSelect value={draft.stand} onChange={set("stand")} />
        <PersonSelect value={draft.zu} onChange={set("zu")} />
        <Choice id="frist" label={t("staff.filter.due")} value={draft.frist} onChange={set("frist")}>
          <option value="overdue">{t("staff.filter.due.overdue")}</option>
          <option value="soon">{t("staff.filter.due.soon")}</option>
        </Choice>
        <div className={styles["send"]}>
          <Button type="submit" look="second">
            {t("staff.filter.submit")}
          </Button>
          {!same(typed, NOTHING) && (
            <Link href="/" className={styles["reset"]}>
              {t("staff.filter.reset")}
            </Link>
          )}
        </div>
      </div>
      <details className={styles["more"]} open={more.some(Boolean) || undefined}>
        <summary>{t("staff.filter.more")}</summary>
        <MoreFilters draft={draft} set={set} />
      </details>
    </form>
  );
}

interface MoreProps {
  draft: Typed;
  set: (name: keyof Typed) => (value: string) => void;
}

function MoreFilters({ draft, set }: MoreProps): ReactNode {
  const t = useT();
  return (
    <div className={styles["toolbar"]}>
      <Choice id="sprache" label={t("staff.filter.language")} value={draft.sprache} onChange={set("sprache")}>
        {LANGUAGES.map((language) => (
          <option key={language} value={language}>
            {t(`staff.language.${language}`)}
          </option>
        ))}
      </Choice>
      <Choice id="wartet" label={t("staff.filter.waiting")} value={draft.wartet} onChange={set("wartet")}>
        <option value="citizen">{t("staff.filter.waiting.citizen")}</option>
        <option value="payment">{t("staff.filter.waiting.payment")}</option>
        <option value="office">{t("staff.filter.waiting.office")}</option>
      </Choice>
      <Field
        id="alter"
        label={t("staff.filter.age")}
        type="number"
        inputMode="numeric"
        min={0}
        max={3650}
        width="short"
        value={draft.alter}
        onChange={({ target }) => set("alter")(target.value)}
      />
      <Field
        id="kennzeichen"
        label={t("staff.filter.label_of")}
        maxLength={40}
        value={draft.kennzeichen}
        onChange={({ target }) => set("kennzeichen")(target.value)}
      />
      <Tick label={t("staff.filter.risk")} value={draft.gefahr} onChange={set("gefahr")} />
      <Tick label={t("staff.filter.escalated")} value={draft.eskaliert} onChange={set("eskaliert")} />
      <Tick label={t("staff.filter.approve")} value={draft.freigabe} onChange={set("freigabe")} />
    </div>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Choice({ id, label, value, onChange, children }: ChoiceProps): ReactNode {
  const t = useT();
  return (
    <SelectField id={id} label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t("staff.filter.all")}</option>
      {children}
    </SelectField>
  );
}

type Chosen = Pick<ChoiceProps, "value" | "onChange">;

function ServiceSelect(props: Chosen): ReactNode {
  const t = useT();
  const { data: services = [] } = useServices();
  return (
    <Choice id="dienst" label={t("staff.filter.service")} {...props}>
      {services.map(({ slug, title }) => (
        <option key={slug} value={slug}>
          {title.text}
        </option>
      ))}
    </Choice>
  );
}

function StateSelect({ value, onChange }: Chosen): ReactNode {
  const t = useT();
  return (
    <SelectField
      id="stand"
      label={t("staff.filter.state")}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t("staff.filter.state.open")}</option>
      <option value="ended">{t("staff.filter.state.ended")}</option>
      <option value="all">{t("staff.filter.state.all")}</option>
      {STATES.map((state) => (
        <option key={state} value={state}>
          {t(`staff.state.${state}`)}
        </option>
      ))}
    </SelectField>
  );
}

function PersonSelect(props: Chosen): ReactNode {
  const t = useT();
  const colleagues = useColleagues();
  return (
    <Choice id="zu" label={t("staff.filter.assigned")} {...props}>
      <option value="me">{t("staff.filter.assigned.me")}</option>
      <option value="nobody">{t("staff.filter.assigned.nobody")}</option>
      {colleagues.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Choice>
  );
}

function Tick({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className={styles["tick"]}>
      <input type="checkbox" checked={value !== ""} onChange={({ target }) => onChange(target.checked ? "1" : "")} />
      {label}
    </label>
  );
}
