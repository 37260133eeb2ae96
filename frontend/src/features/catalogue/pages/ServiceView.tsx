/** A service: do I have to come, which ways there are, what to bring, what it costs, what happens. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import type { Service } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { Facts, type Fact } from "../../../ui/Facts";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { Ticks } from "../../../ui/Ticks";
import { Way } from "../../../ui/Way";
import { useNextTimes, useService } from "../api";
import { AuthorityNote } from "../components/AuthorityNote";
import { Fees, useFeeText } from "../components/Fees";
import { ServiceMore } from "../components/ServiceMore";
import { WaysIn } from "../components/WaysIn";
import styles from "./ServiceView.module.css";

export function ServiceView(): ReactNode {
  const { slug } = useParams<{ slug: string }>();
  return <Ready reading={useService(slug)}>{(service) => <Loaded service={service} />}</Ready>;
}

function Loaded({ service }: { service: Service }): ReactNode {
  const t = useT();
  const crumbs = [
    { href: "/", name: t("common.home") },
    { href: `/lage/${service.life_situation}`, name: <LocalizedText text={service.life_situation_name} /> },
  ];
  return (
    <Page
      title={service.name.text}
      heading={<LocalizedText text={service.name} />}
      lead={<LocalizedText text={service.summary} />}
      crumbs={crumbs}
      aside={<AtAGlance service={service} />}
      asideFirst
    >
      <section className="section" aria-labelledby="kommen">
        <h2 id="kommen" className="h3 muted">
          {t("catalogue.service.come")}
        </h2>
        <p className={styles["answer"]}>
          <LocalizedText text={service.answer} as="block" />
        </p>
        {service.answer_detail && (
          <p className="t3">
            <LocalizedText text={service.answer_detail} as="block" />
          </p>
        )}
        <WaysIn service={service} />
      </section>
      {service.documents.length > 0 && <Documents documents={service.documents} />}
      {service.fees.length > 0 && <Fees fees={service.fees} />}
      {service.steps.length > 0 && (
        <section className="section" aria-labelledby="weiter">
          <h2 id="weiter">{t("catalogue.service.steps")}</h2>
          <Way
            className="t5"
            stations={service.steps.map(({ title, text }, number) => ({
              key: String(number),
              title: <LocalizedText text={title} />,
              text: <LocalizedText text={text} />,
            }))}
          />
        </section>
      )}
      <ServiceMore service={service} />
    </Page>
  );
}

function Documents({ documents }: { documents: Service["documents"] }): ReactNode {
  const t = useT();
  return (
    <section className="section" aria-labelledby="mit">
      <h2 id="mit">{t("catalogue.service.bring")}</h2>
      <Ticks
        className="t5"
        items={documents.map(({ name, hint, authority }, number) => ({
          key: String(number),
          text: (
            <>
              <LocalizedText text={name} />
              <AuthorityNote authority={authority} />
            </>
          ),
          more: hint && <LocalizedText text={hint} />,
        }))}
      />
    </section>
  );
}

/** The few facts that decide, beside the text. */
function AtAGlance({ service }: { service: Service }): ReactNode {
  const t = useT();
  const format = useFormat();
  const feeText = useFeeText();
  const first = useNextTimes(service.slug, service.bookable).data?.first[0];
  const fee = service.fees[0];
  const facts: (Fact | null | undefined)[] = [
    fee && {
      key: "fee",
      label: t("catalogue.service.fee"),
      value: feeText(fee),
      more: fee.amount_cents !== 0 && <LocalizedText text={fee.label} />,
    },
    service.duration_minutes !== null
      ? {
          key: "duration",
          label: t("catalogue.service.duration"),
          value: t("catalogue.service.about", { duration: format.duration(service.duration_minutes) }),
        }
      : null,
    first && {
      key: "next",
      label: t("catalogue.service.next"),
      value: format.moment(first.starts_at),
      more: <bdi lang="de">{service.offices.find(({ slug }) => slug === first.office)?.name}</bdi>,
    },
    service.deadline && {
      key: "deadline",
      label: t("catalogue.service.deadline"),
      value: <LocalizedText text={service.deadline} />,
    },
  ];
  const shown = facts.filter((fact) => fact !== null && fact !== undefined);
  if (shown.length === 0) return null;
  return (
    <Aside title={t("catalogue.service.glance")}>
      <Facts items={shown} />
    </Aside>
  );
}
