/** Every service by its first letter. */
import type { ReactNode } from "react";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { useServices } from "../api";
import { SearchForm } from "../components/SearchForm";
import { ServiceList } from "../components/ServiceList";
import { groupByLetter } from "../model";

export function AllServices(): ReactNode {
  const t = useT();
  const { locale } = LANGUAGE_FACTS[useLanguage()];
  return (
    <Ready reading={useServices()}>
      {(services) => (
        <Page title={t("catalogue.all.title")} crumbs={[{ href: "/", name: t("common.home") }]}>
          <div className="t5">
            <SearchForm />
          </div>
          {groupByLetter(services, locale).map(([letter, inside]) => (
            <section key={letter} className="t6" aria-labelledby={`buchstabe-${letter}`}>
              <h2 id={`buchstabe-${letter}`}>{letter}</h2>
              <ServiceList services={inside} />
            </section>
          ))}
        </Page>
      )}
    </Ready>
  );
}
