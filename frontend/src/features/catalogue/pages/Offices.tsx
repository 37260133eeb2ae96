/** All offices, by municipality. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { useOffices } from "../api";
import { OfficeList } from "../components/OfficeList";

export function Offices(): ReactNode {
  const t = useT();
  const authorities = usePortal()?.authorities ?? [];
  return (
    <Ready reading={useOffices()}>
      {(offices) => (
        <Page
          title={t("common.offices")}
          lead={t("catalogue.offices.lead")}
          crumbs={[{ href: "/", name: t("common.home") }]}
        >
          {authorities.map(({ slug, name }) => (
            <section key={slug} className="section" aria-labelledby={`stadt-${slug}`}>
              <h2 id={`stadt-${slug}`}>
                <LocalizedText text={name} />
              </h2>
              <OfficeList offices={offices.filter(({ authority }) => authority === slug)} />
            </section>
          ))}
        </Page>
      )}
    </Ready>
  );
}
