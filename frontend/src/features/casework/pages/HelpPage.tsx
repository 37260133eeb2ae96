/** Help for staff: what each page is for, how cases go, and the shortcuts. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";
import styles from "../desk/desk.module.css";
import { CASE_KEYS, LIST_KEYS } from "../frame/keys";
import { useProfile } from "../queries";

const TOPICS = ["list", "case", "four_eyes", "letters", "opinions", "status", "refunds", "trail", "retention"] as const;

const namesOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table)[];

export function HelpPage(): ReactNode {
  const t = useT();
  const { data: profile } = useProfile();
  return (
    <Page title={t("staff.help.title")} lead={t("staff.help.lead")}>
      {TOPICS.map((topic) => (
        <section key={topic} className="section" aria-labelledby={`thema-${topic}`}>
          <h2 id={`thema-${topic}`}>{t(`staff.help.${topic}.title`)}</h2>
          {t(`staff.help.${topic}.text`)
            .split("\n")
            .map((line) => (
              <p key={line} className="t2">
                {line}
              </p>
            ))}
        </section>
      ))}
      <section className="section" aria-labelledby="kurztasten">
        <h2 id="kurztasten">{t("staff.help.keys.title")}</h2>
        <p className="t2">
          {t(profile?.shortcuts ? "staff.list.keys.on" : "staff.list.keys.off")}{" "}
          <Link href="/einstellungen">{t("staff.nav.settings")}</Link>
        </p>
        <p className="t2">{t("staff.help.keys.text")}</p>
        <h3 className="t4">{t("staff.help.keys.list")}</h3>
        <dl className={styles["keys"]}>
          {namesOf(LIST_KEYS).map((act) => (
            <Key key={act} name={LIST_KEYS[act]} act={t(`staff.help.keys.list.${act}`)} />
          ))}
        </dl>
        <h3 className="t4">{t("staff.help.keys.case")}</h3>
        <dl className={styles["keys"]}>
          {namesOf(CASE_KEYS).map((act) => (
            <Key key={act} name={CASE_KEYS[act]} act={t(`staff.help.keys.case.${act}`)} />
          ))}
        </dl>
      </section>
    </Page>
  );
}

function Key({ name, act }: { name: string; act: string }): ReactNode {
  return (
    <>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{act}</dd>
    </>
  );
}
