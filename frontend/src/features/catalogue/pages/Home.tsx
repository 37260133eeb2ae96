/** The start: search, life situations, one's own appointment, the next free times. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { useViewHeading, WindowTitle } from "../../../ui/Page";
import { useLifeSituations, useServices } from "../api";
import { NextTimes } from "../components/NextTimes";
import { OwnAppointment } from "../components/OwnAppointment";
import { SearchForm } from "../components/SearchForm";
import { SituationIcon } from "../components/SituationIcon";
import { OFTEN_ASKED } from "../model";
import styles from "./Home.module.css";

export function Home(): ReactNode {
  const t = useT();
  const heading = useViewHeading();
  const services = useServices().data ?? [];
  const often = OFTEN_ASKED.flatMap((slug) => services.find((service) => service.slug === slug) ?? []);
  const popular = often.find((service) => service.bookable);
  return (
    <div className={styles["home"]}>
      <WindowTitle title={t("common.portal.title")} />
      <div className={styles["hero"]}>
        <WayDrawing />
        <div className={`wrap ${styles["heroWrap"]}`}>
          <h1 ref={heading} tabIndex={-1}>
            {t("catalogue.home.title")}
          </h1>
          <SearchForm onDeep />
          <ul className={styles["often"]} aria-label={t("catalogue.home.often")}>
            {often.map((service) => (
              <li key={service.slug}>
                <Link href={`/leistungen/${service.slug}`}>
                  <LocalizedText text={service.name} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className="wrap">
        <Situations />
        <div className={`section ${styles["duo"]}`}>
          <OwnAppointment />
          {popular && <NextTimes service={popular} />}
        </div>
      </div>
    </div>
  );
}

function Situations(): ReactNode {
  const t = useT();
  const situations = useLifeSituations().data ?? [];
  return (
    <section className="section" aria-labelledby="lagen">
      <h2 id="lagen">{t("catalogue.home.situations")}</h2>
      <ul className={styles["situations"]}>
        {situations.map(({ slug, icon, name, summary }) => (
          <li key={slug}>
            <Link href={`/lage/${slug}`}>
              <SituationIcon name={icon} />
              <b>
                <LocalizedText text={name} />
              </b>
              <span>
                <LocalizedText text={summary} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="t4">
        <Link href="/leistungen">{t("common.foot.services")}</Link>
      </p>
    </section>
  );
}

/** The one drawing of the portal: the way, with its stations and its end. */
function WayDrawing(): ReactNode {
  return (
    <svg
      className={`flip ${styles["way"]}`}
      viewBox="0 0 420 560"
      preserveAspectRatio="xMaxYMid meet"
      aria-hidden="true"
    >
      <path d="M160 600V440a60 60 0 0 1 60-60h52a60 60 0 0 0 60-60V200" />
      <circle cx="160" cy="478" r="16" />
      <circle cx="246" cy="380" r="16" />
      <circle className={styles["end"]} cx="332" cy="180" r="24" />
    </svg>
  );
}
