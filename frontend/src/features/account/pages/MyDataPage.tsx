/** My data: what is stored, where it came from, who looked at it, and everything one can do with it. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { OutsideLink, TextLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { Rows } from "../../../ui/Rows";
import { exportAddress } from "../api";
import styles from "../components/area.module.css";
import { Claims } from "../components/Claims";
import { ElectronicDelivery } from "../components/ElectronicDelivery";
import { OwnSessions } from "../components/OwnSessions";
import { Personal } from "../components/Personal";
import { Powers } from "../components/Powers";
import { useMyData } from "../queries";
import type { Look, MyData, Section } from "../types";

const LOOKERS = {
  staff: "account.reads.staff",
  citizen: "account.reads.helper",
  system: "account.reads.system",
} as const;

const isLooker = (kind: string): kind is keyof typeof LOOKERS => Object.hasOwn(LOOKERS, kind);

export function MyDataPage(): ReactNode {
  const t = useT();
  return <Personal title={t("account.data.title")}>{() => <Read />}</Personal>;
}

function Read(): ReactNode {
  return <Ready reading={useMyData()}>{(data) => <Loaded data={data} />}</Ready>;
}

function Loaded({ data }: { data: MyData }): ReactNode {
  const t = useT();
  return (
    <Page
      title={t("account.data.title")}
      lead={t("account.data.lead")}
      back={{ href: "/konto", text: t("account.back") }}
    >
      <section className="section" aria-labelledby="person">
        <h2 id="person">{t("account.data.person")}</h2>
        <Claims claims={data.claims} />
        <p className="t3 muted">
          {t("account.data.level")}: {t(`account.level.${data.account.level}`)}
        </p>
        {data.account.held_back && <p className="t3">{t("account.data.held_back")}</p>}
      </section>
      {data.sections.map((section) => (
        <OtherData key={section.name} section={section} />
      ))}
      <Looks looks={data.looks} />
      <Downloads />
      <ElectronicDelivery allowed={data.electronic_delivery.allowed} />
      <Powers />
      <OwnSessions />
      <section className="section" aria-labelledby="delete">
        <h2 id="delete">{t("account.delete.title")}</h2>
        <p>{t("account.delete.provider")}</p>
        <p>
          <TextLink href="/konto/loeschen">{t("account.delete.title")}</TextLink>
        </p>
      </section>
    </Page>
  );
}

/** What other rooms of the portal keep, in their own words. */
function OtherData({ section }: { section: Section }): ReactNode {
  if (section.items.length === 0) return null;
  const id = `section-${section.name}`;
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{section.title}</h2>
      <Rows
        items={section.items.map(({ label, shown }, place) => ({
          key: String(place),
          label,
          value: <bdi>{shown}</bdi>,
        }))}
      />
    </section>
  );
}

const NUMBER = /([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})/;

/** The number of an application stays in one line. */
const withNumber = (name: string): ReactNode[] =>
  name.split(NUMBER).map((part, at) =>
    at % 2 ? (
      <bdi key={at} className="nowrap">
        {part}
      </bdi>
    ) : (
      part
    ),
  );

/** Who looked, in words; names of staff are not shown, their office and reason are. */
function Looks({ looks }: { looks: readonly Look[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <section className="section" aria-labelledby="looks">
      <h2 id="looks">{t("account.reads.title")}</h2>
      {looks.length === 0 && <p className="t3">{t("account.reads.none")}</p>}
      {looks.length > 0 && (
        <ul className={styles["list"]}>
          {looks.map(({ at, actor_kind, name, reason }, place) => (
            <li key={place}>
              <p>
                <b>{t(isLooker(actor_kind) ? LOOKERS[actor_kind] : LOOKERS.system)}</b>
              </p>
              {name && (
                <p>
                  <bdi>{withNumber(name)}</bdi>
                </p>
              )}
              <p className="muted">{format.moment(at)}</p>
              {reason && (
                <p>
                  <T id="account.reads.reason" values={{ reason: <bdi>{reason}</bdi> }} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Downloads(): ReactNode {
  const t = useT();
  const language = useLanguage();
  return (
    <section className="section" aria-labelledby="export">
      <h2 id="export">{t("account.export.title")}</h2>
      <p>
        <OutsideLink href={exportAddress("pdf", language)}>{t("account.export.pdf")}</OutsideLink>
      </p>
      <p>
        <OutsideLink href={exportAddress("json", language)}>{t("account.export.json")}</OutsideLink>
      </p>
    </section>
  );
}
