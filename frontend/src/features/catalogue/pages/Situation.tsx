/** One life situation with everything that belongs to it. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { useT } from "../../../i18n/text";
import { MissingPage } from "../../../ui/ErrorPage";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { useLifeSituations } from "../api";
import { ServiceList } from "../components/ServiceList";

export function Situation(): ReactNode {
  const t = useT();
  const { slug } = useParams<{ slug: string }>();
  return (
    <Ready reading={useLifeSituations()}>
      {(situations) => {
        const situation = situations.find((one) => one.slug === slug);
        if (!situation) return <MissingPage />;
        return (
          <Page
            title={situation.name.text}
            heading={<LocalizedText text={situation.name} />}
            lead={<LocalizedText text={situation.summary} />}
            crumbs={[{ href: "/", name: t("common.home") }]}
          >
            <div className="t5">
              <ServiceList services={situation.services} />
            </div>
          </Page>
        );
      }}
    </Ready>
  );
}
