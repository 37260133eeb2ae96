/** One's own settings: languages, services, shortcuts, absence. */
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { Rows } from "../../../ui/Rows";
import { setProfile } from "../desk/api";
import { AbsenceForm } from "../desk/AbsenceForm";
import styles from "../desk/desk.module.css";
import { TrainingSwitch } from "../desk/TrainingSwitch";
import { roleText } from "../desk/trail";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { LANGUAGES } from "../lists/filters";
import { useServices } from "../lists/queries";
import { useOfficeName } from "../offices";
import { PROFILE, useProfile } from "../queries";
import type { Profile, ProfileWish } from "../types";

type Language = (typeof LANGUAGES)[number];

export function SettingsPage(): ReactNode {
  return (
    <Allowed page="settings">
      <OwnSettings />
    </Allowed>
  );
}

function OwnSettings(): ReactNode {
  return <Ready reading={useProfile()}>{(profile) => <Loaded profile={profile} />}</Ready>;
}

function Loaded({ profile }: { profile: Profile }): ReactNode {
  const t = useT();
  const { account, absent_until, substitute } = profile;
  return (
    <Page title={t("staff.nav.settings")}>
      <HelpHere text="staff.here.settings" />
      <Me profile={profile} />
      <Wishes profile={profile} />
      {profile.can["case.absence"] && (
        <section className="section" aria-labelledby="vertretung">
          <h2 id="vertretung">{t("staff.absence.title")}</h2>
          <AbsenceForm worker={{ id: account, absent_until, substitute }} />
        </section>
      )}
      {profile.can["case.training"] && <TrainingSwitch on={profile.training} />}
    </Page>
  );
}

function Me({ profile }: { profile: Profile }): ReactNode {
  const t = useT();
  const format = useFormat();
  const nameOf = useOfficeName();
  const roles = profile.roles.map((role) => roleText(role, t));
  return (
    <section className="t5" aria-labelledby="ich">
      <h2 id="ich">{t("staff.settings.me")}</h2>
      <Rows
        items={[
          { key: "name", label: t("staff.settings.name"), value: <bdi>{profile.name}</bdi> },
          { key: "roles", label: t("staff.settings.roles"), value: format.list(roles) },
          {
            key: "offices",
            label: t("staff.settings.offices"),
            value: <bdi>{profile.offices.map(nameOf).join(", ") || t("staff.settings.none")}</bdi>,
          },
          {
            key: "teams",
            label: t("staff.settings.teams"),
            value: <bdi>{profile.teams.join(", ") || t("staff.settings.none")}</bdi>,
          },
        ]}
      />
    </section>
  );
}

/** All languages or services are the same as none chosen: the server then knows no limit. */
function Wishes({ profile }: { profile: Profile }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { data: services = [] } = useServices();
  const { busy, problem, run } = useAction();
  const [languages, setLanguages] = useState<readonly string[]>(profile.languages ?? []);
  const [chosen, setChosen] = useState<readonly string[]>(profile.services ?? []);
  const [shortcuts, setShortcuts] = useState(profile.shortcuts);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body: ProfileWish = {
      languages: languages.length > 0 ? LANGUAGES.filter((one): one is Language => languages.includes(one)) : null,
      services: chosen.length > 0 ? [...chosen] : null,
      shortcuts,
    };
    void run(async () => {
      client.setQueryData(PROFILE, await setProfile(body));
      announce(t("staff.settings.saved"));
    });
  };
  return (
    <form className="section" onSubmit={save}>
      <h2>{t("staff.settings.work")}</h2>
      <Ticks
        label={t("staff.settings.languages")}
        hint={t("staff.settings.languages.hint")}
        options={LANGUAGES.map((one) => [one, t(`staff.language.${one}`)])}
        value={languages}
        onChange={setLanguages}
      />
      <Ticks
        label={t("staff.settings.services")}
        hint={t("staff.settings.services.hint")}
        options={services.map(({ slug, title }) => [slug, title.text])}
        value={chosen}
        onChange={setChosen}
      />
      <h3 className="t5">{t("staff.help.keys.title")}</h3>
      <p className="muted">{t("staff.settings.shortcuts.hint")}</p>
      <label className={styles["tick"]}>
        <input type="checkbox" checked={shortcuts} onChange={({ target }) => setShortcuts(target.checked)} />
        {t("staff.settings.shortcuts")}
      </label>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        <Button type="submit" busy={busy}>
          {t("staff.settings.save")}
        </Button>
      </div>
    </form>
  );
}

interface TicksProps {
  label: string;
  hint: string;
  options: readonly (readonly [string, string])[];
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

function Ticks({ label, hint, options, value, onChange }: TicksProps): ReactNode {
  const toggle = (one: string, on: boolean) => onChange(on ? [...value, one] : value.filter((other) => other !== one));
  return (
    <fieldset className="t5">
      <legend>
        <b>{label}</b>
      </legend>
      <p className="muted">{hint}</p>
      <div className={styles["ticks"]}>
        {options.map(([one, text]) => (
          <label key={one} className={styles["tick"]}>
            <input
              type="checkbox"
              checked={value.includes(one)}
              onChange={({ target }) => toggle(one, target.checked)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
