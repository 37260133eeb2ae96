/** Results of a search, by life situation; nothing found is never the end. */
import { useEffect, type ReactNode } from "react";
import { Link, useSearchParams } from "wouter";
import type { ServiceSummary } from "../../../api/types";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { PhoneLink } from "../../../ui/PhoneLink";
import { Ready } from "../../../ui/Ready";
import { useLeikaServices, useLifeSituations, useServices } from "../api";
import { SearchForm } from "../components/SearchForm";
import { ServiceList } from "../components/ServiceList";
import { groupBySituation } from "../model";

export function Search(): ReactNode {
  const t = useT();
  const [params] = useSearchParams();
  const words = params.get("q") ?? "";
  const leika = params.get("leika") ?? "";
  const asked = words !== "" || leika !== "";
  const services = useServices(words, asked);
  const behindKey = useLeikaServices(leika, params.get("ars") ?? "");
  return (
    <Page title={words ? t("catalogue.search.titleFor", { words }) : t("catalogue.search.title")}>
      <div className="t5">
        <SearchForm key={words} asked={words} />
      </div>
      {asked && (
        <Ready reading={services}>
          {(found) =>
            leika ? (
              <Ready reading={behindKey}>
                {(slugs) => <Results services={found.filter(({ slug }) => slugs.includes(slug))} />}
              </Ready>
            ) : (
              <Results services={found} />
            )
          }
        </Ready>
      )}
    </Page>
  );
}

function Results({ services }: { services: readonly ServiceSummary[] }): ReactNode {
  const t = useT();
  const situations = useLifeSituations().data ?? [];
  const count = t("catalogue.search.count", { count: services.length });
  useEffect(() => announce(count), [count]);
  if (services.length === 0) return <NothingFound />;
  return (
    <>
      <p className="t5 muted">{count}</p>
      {groupBySituation(services, situations).map(({ situation, services: inside }) => (
        <section key={situation.slug} className="t6" aria-labelledby={`lage-${situation.slug}`}>
          <h2 id={`lage-${situation.slug}`}>
            <LocalizedText text={situation.name} />
          </h2>
          <ServiceList services={inside} />
        </section>
      ))}
    </>
  );
}

function NothingFound(): ReactNode {
  const t = useT();
  return (
    <section className="t6 prose" aria-labelledby="nichts">
      <h2 id="nichts">{t("catalogue.search.nothing")}</h2>
      <ul className="t3">
        <li>{t("catalogue.search.nothing.words")}</li>
        <li>
          <T id="catalogue.search.nothing.all" components={{ link: <Link href="/leistungen" /> }} />
        </li>
        <li>
          <T id="catalogue.search.nothing.phone" components={{ phone: <PhoneLink number="115" /> }} />
        </li>
      </ul>
    </section>
  );
}
