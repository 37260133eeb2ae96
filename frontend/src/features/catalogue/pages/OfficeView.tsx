/** One office: when it is open, how to get in, what can be done there. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import type { Office } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { ButtonLink } from "../../../ui/Button";
import { Facts, type Fact } from "../../../ui/Facts";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { PhoneLink } from "../../../ui/PhoneLink";
import { Ready } from "../../../ui/Ready";
import { Ticks } from "../../../ui/Ticks";
import { useLifeSituations, useOffice } from "../api";
import { Hours } from "../components/Hours";
import { addressLine } from "../components/OfficeList";
import { ServiceList } from "../components/ServiceList";
import { Stops } from "../components/Stops";
import { groupBySituation } from "../model";

export function OfficeView(): ReactNode {
  const { slug } = useParams<{ slug: string }>();
  return <Ready reading={useOffice(slug)}>{(office) => <Loaded office={office} />}</Ready>;
}

function Loaded({ office }: { office: Office }): ReactNode {
  const t = useT();
  const crumbs = [
    { href: "/", name: t("common.home") },
    { href: "/standorte", name: t("common.offices") },
  ];
  return (
    <Page
      title={office.name}
      heading={<bdi lang="de">{office.name}</bdi>}
      lead={<bdi lang="de">{addressLine(office.address)}</bdi>}
      crumbs={crumbs}
      aside={<Contact office={office} />}
      asideFirst
    >
      {office.notice && (
        <Note className="t5">
          <p>
            <LocalizedText text={office.notice} as="block" />
          </p>
        </Note>
      )}
      {office.bookable && (
        <div className="actions">
          <ButtonLink href={`/buchen/leistungen?office=${office.slug}`}>{t("catalogue.office.book")}</ButtonLink>
        </div>
      )}
      {office.stops.length > 0 && <Stops stops={office.stops} />}
      {office.hours.length > 0 && <Hours office={office} />}
      <Arrival office={office} />
      {office.services.length > 0 && <Offer services={office.services} />}
    </Page>
  );
}

/** What can be done here, by life situation, so that a long list can be looked through. */
function Offer({ services }: { services: Office["services"] }): ReactNode {
  const t = useT();
  const situations = useLifeSituations().data ?? [];
  return (
    <section className="section" aria-labelledby="angebot">
      <h2 id="angebot">{t("catalogue.office.services")}</h2>
      {groupBySituation(services, situations).map(({ situation, services: inside }) => (
        <section key={situation.slug} className="t6" aria-labelledby={`lage-${situation.slug}`}>
          <h3 id={`lage-${situation.slug}`}>
            <LocalizedText text={situation.name} />
          </h3>
          <ServiceList services={inside} />
        </section>
      ))}
    </section>
  );
}

/** The way there and into the building; what nobody measured is said to be unknown. */
function Arrival({ office }: { office: Office }): ReactNode {
  const t = useT();
  const features = office.access_features ?? [];
  return (
    <section className="section" aria-labelledby="zugang">
      <h2 id="zugang">{t("catalogue.office.access")}</h2>
      {features.length > 0 && (
        <Ticks
          className="t4"
          items={features.map((feature) => ({ key: feature, text: t(`catalogue.access.${feature}`) }))}
        />
      )}
      {office.access && (
        <p className="t4">
          <LocalizedText text={office.access} as="block" />
        </p>
      )}
      {features.length === 0 && !office.access && <p className="t4">{t("catalogue.office.access.unknown")}</p>}
      {office.how_to_get_there && (
        <>
          <h3 className="t5">{t("catalogue.office.way")}</h3>
          <p>
            <LocalizedText text={office.how_to_get_there} as="block" />
          </p>
        </>
      )}
    </section>
  );
}

function Contact({ office }: { office: Office }): ReactNode {
  const t = useT();
  const format = useFormat();
  const facts: (Fact | null)[] = [
    office.phone
      ? {
          key: "phone",
          label: t("catalogue.office.phone"),
          value: <PhoneLink number={office.phone} />,
        }
      : null,
    office.email
      ? {
          key: "email",
          label: t("catalogue.office.email"),
          value: (
            <a href={`mailto:${office.email}`}>
              <bdi>
                {office.email.slice(0, office.email.indexOf("@"))}
                <wbr />
                {office.email.slice(office.email.indexOf("@"))}
              </bdi>
            </a>
          ),
        }
      : null,
    {
      key: "payment",
      label: t("catalogue.office.payment"),
      value: office.payment
        ? format.list(office.payment.map((kind) => t(`catalogue.payment.${kind}`)))
        : t("catalogue.office.payment.unknown"),
    },
  ];
  return (
    <Aside title={t("catalogue.office.contact")}>
      <Facts items={facts.filter((fact) => fact !== null)} />
    </Aside>
  );
}
