/** Step 4: who comes and where the confirmation goes. What is typed is kept at every letter. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { usePortal } from "../../../api/portal";
import { useLanguage } from "../../../i18n/language";
import { isLanguage, LANGUAGES, LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Button, TextLink } from "../../../ui/Button";
import { Choice } from "../../../ui/Choice";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Field, SelectField } from "../../../ui/Field";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { HoldBox } from "../components/HoldBox";
import { HoldGate } from "../components/HoldGate";
import { useStep } from "../components/useStep";
import { CONTROL, lookOver, withoutFault } from "../fields";
import { stepAddress, STEP_PATH } from "../model";
import { faultText } from "../problems";
import { saveDraft, type Draft, type Typed } from "../storage";
import type { FieldFault, Hold } from "../types";

export function DataPage(): ReactNode {
  const t = useT();
  return (
    <HoldGate step="data" title={t("booking.data.title")}>
      {(draft, hold, service) => <PersonForm draft={draft} hold={hold} service={service} />}
    </HoldGate>
  );
}

interface Props {
  draft: Draft;
  hold: Hold;
  service: string;
}

function PersonForm({ draft, hold, service }: Props): ReactNode {
  const t = useT();
  const step = useStep("data");
  const [, navigate] = useLocation();
  const [attempt, setAttempt] = useState(0);
  const { typed, faults } = draft;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = lookOver(typed);
    saveDraft({ faults: found });
    if (found.length > 0) setAttempt(attempt + 1);
    else navigate(STEP_PATH.check);
  };
  const shown = faults.map((fault) => ({
    field: CONTROL[fault.pointer] ?? "family-name",
    text: faultText(fault, typed.oneName, t),
  }));
  return (
    <Page
      title={t("booking.data.title")}
      lead={t("booking.data.lead")}
      step={step}
      service={service}
      faulty={shown.length > 0}
      back={{ href: stepAddress("time", draft.selection), text: t("booking.back") }}
      before={shown.length > 0 && <ErrorSummary attempt={attempt} faults={shown} />}
      aside={<HoldBox hold={hold} skew={draft.skew} />}
      asideFirst
    >
      <form onSubmit={submit} noValidate>
        <Fields typed={typed} faults={faults} />
        <Note className="t6">
          <h2 className="h3">{t("booking.data.why.title")}</h2>
          <p>{t("booking.data.why")}</p>
          <p>
            <TextLink href="/datenschutz">{t("booking.data.privacy")}</TextLink>
          </p>
        </Note>
        <div className="actions">
          <Button type="submit">{t("booking.data.submit")}</Button>
        </div>
      </form>
    </Page>
  );
}

function Fields({ typed, faults }: { typed: Typed; faults: readonly FieldFault[] }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const mobileOffered = usePortal()?.contact_kinds.includes("mobile") ?? false;
  const put = (change: Partial<Typed>) => saveDraft({ typed: { ...typed, ...change } });
  const errorAt = (...pointers: string[]) => {
    const fault = faults.find(({ pointer }) => pointers.includes(pointer));
    return fault && faultText(fault, typed.oneName, t);
  };
  return (
    <>
      {!typed.oneName && (
        <Field
          id="given-name"
          name="given-name"
          label={t("booking.field.given_name")}
          hint={t("booking.field.name.hint")}
          autoComplete="given-name"
          spellCheck={false}
          value={typed.givenName}
          error={errorAt("/person/given_name")}
          onChange={(event) => put({ givenName: event.target.value })}
        />
      )}
      <Field
        id="family-name"
        name="family-name"
        label={t(typed.oneName ? "booking.field.single_name" : "booking.field.family_name")}
        hint={typed.oneName ? t("booking.field.name.hint") : undefined}
        autoComplete={typed.oneName ? "name" : "family-name"}
        spellCheck={false}
        value={typed.familyName}
        error={errorAt("/person/family_name", "/person")}
        onChange={(event) => put({ familyName: event.target.value })}
      />
      <div className="t3">
        <Choice
          type="checkbox"
          look="plain"
          name="one-name"
          checked={typed.oneName}
          onChange={() => {
            saveDraft({ faults: withoutFault(faults, "/person/given_name") });
            put({ oneName: !typed.oneName });
          }}
        >
          {t("booking.field.one_name")}
        </Choice>
      </div>
      <Field
        id="email"
        name="email"
        type="email"
        label={t("booking.field.email")}
        hint={t("booking.field.email.hint")}
        autoComplete="email"
        spellCheck={false}
        dir="ltr"
        value={typed.email}
        error={errorAt("/contact/email", "/contact")}
        onChange={(event) => put({ email: event.target.value })}
      />
      {mobileOffered && (
        <Field
          id="mobile"
          name="mobile"
          type="tel"
          optional
          label={t("booking.field.mobile")}
          hint={t("booking.field.mobile.hint")}
          autoComplete="tel"
          dir="ltr"
          value={typed.mobile}
          error={errorAt("/contact/mobile")}
          onChange={(event) => put({ mobile: event.target.value })}
        />
      )}
      <SelectField
        id="message-language"
        name="message-language"
        label={t("booking.field.language")}
        value={typed.language ?? language}
        onChange={(event) => put({ language: isLanguage(event.target.value) ? event.target.value : null })}
      >
        {LANGUAGES.map((known) => (
          <option key={known} value={known} lang={known === "de-simple" ? "de" : known}>
            {LANGUAGE_FACTS[known].name}
          </option>
        ))}
      </SelectField>
    </>
  );
}
