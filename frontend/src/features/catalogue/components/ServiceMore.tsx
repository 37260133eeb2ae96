/** The quieter half of a service: what else counts, where, the law, what people look for as well. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Service } from "../../../api/types";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { OfficeList } from "./OfficeList";
import styles from "./ServiceMore.module.css";

export function ServiceMore({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <>
      {service.notes && (
        <section className="section" aria-labelledby="wichtig">
          <h2 id="wichtig">{t("catalogue.service.notes")}</h2>
          <p className="t3">
            <LocalizedText text={service.notes} as="block" />
          </p>
        </section>
      )}
      {service.offices.length > 0 && (
        <section className="section" aria-labelledby="orte">
          <h2 id="orte" tabIndex={-1}>
            {t("catalogue.service.offices")}
          </h2>
          <OfficeList offices={service.offices} />
        </section>
      )}
      {service.related.length > 0 && (
        <section className="section" aria-labelledby="auch">
          <h2 id="auch">{t("catalogue.service.related")}</h2>
          <ul className={styles["links"]}>
            {service.related.map(({ slug, name }) => (
              <li key={slug}>
                <Link href={`/leistungen/${slug}`}>
                  <LocalizedText text={name} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {service.legal_basis.length > 0 && (
        <section className="section" aria-labelledby="recht">
          <h2 id="recht" className="h3">
            {t("catalogue.service.law")}
          </h2>
          <ul className={styles["law"]} lang="de" dir="ltr">
            {service.legal_basis.map((law) => (
              <li key={law}>{law}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
