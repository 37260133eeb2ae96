/** My data: what is stored, where it came from, who looked at it, and everything one can do with it. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { TextLink } from "../../../ui/Button";
import { OutsideLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { exportAddress } from "../api";
import styles from "../components/area.module.css";
import { Claims } from "../components/Claims";
import { ElectronicDelivery } from "../components/ElectronicDelivery";
import { OwnSessions } from "../components/OwnSessions";
import { Personal } from "../components/Personal";
import { Powers } from "../components/Powers";
import { useMyData } from "../queries";
import type { DataRead, MyData } from "../types";

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
          {t("account.data.level")}: {t(`account.level.${data.level}`)}
        </p>
      </section>
      <Reads reads={data.reads} />
      <Downloads />
      <ElectronicDelivery allowed={data.electronic_delivery} />
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

function Reads({ reads }: { reads: readonly DataRead[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <section className="section" aria-labelledby="reads">
      <h2 id="reads">{t("account.reads.title")}</h2>
      {reads.length === 0 && <p className="t3">{t("account.reads.none")}</p>}
      {reads.length > 0 && (
        <ul className={styles["list"]}>
          {reads.map(({ at, who, what, reason }) => (
            <li key={`${at}${who}${what}`}>
              <p>
                <b>
                  <bdi>{who}</bdi>
                </b>
              </p>
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
