/** Step 2: where. All offices that can do everything are chosen at first, because that finds the earliest time. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { ErrorPage } from "../../../ui/ErrorPage";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { OfficeName, Street } from "../components/ServiceName";
import { Needs } from "../components/TimeFilter";
import { useStep } from "../components/useStep";
import { commonOffices, parseSelection, stepAddress, type Selection } from "../model";
import { useServices } from "../queries";
import { saveDraft } from "../storage";
import type { OfficeSummary, Service } from "../types";
import { ServicesPage } from "./ServicesPage";

export function PlacesPage(): ReactNode {
  const selection = parseSelection(useSearch());
  const { data, error, refetch } = useServices(selection.services.map(({ service }) => service));
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const services = data.filter((service) => service !== null);
  const offices = commonOffices(services);
  if (offices.length === 0) return <ServicesPage />;
  return <Places selection={selection} services={services} offices={offices} />;
}

interface Props {
  selection: Selection;
  services: readonly Service[];
  offices: readonly OfficeSummary[];
}

function Places({ selection, services, offices }: Props): ReactNode {
  const t = useT();
  const step = useStep("places");
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState(() => {
    const wanted = offices.filter(({ slug }) => selection.offices.includes(slug));
    return (wanted.length > 0 ? wanted : offices).map(({ slug }) => slug);
  });
  const [needs, setNeeds] = useState(selection.needs);
  const [attempt, setAttempt] = useState(0);
  const error = attempt > 0 && chosen.length === 0 ? t("booking.error.places") : undefined;
  const firstId = `office-${offices[0]?.slug ?? ""}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0) {
      setAttempt(attempt + 1);
      return;
    }
    const all = chosen.length === offices.length;
    const next: Selection = { ...selection, needs, offices: all ? [] : chosen };
    saveDraft({ selection: next });
    navigate(stepAddress("time", next));
  };
  const toggle = (slug: string) =>
    setChosen(chosen.includes(slug) ? chosen.filter((other) => other !== slug) : [...chosen, slug]);
  return (
    <Page
      title={t("booking.places.title")}
      lead={t("booking.places.lead")}
      step={step}
      service={services[0]?.name.text ?? ""}
      faulty={error !== undefined}
      back={{ href: stepAddress("services", selection), text: t("booking.back") }}
      before={error && <ErrorSummary attempt={attempt} faults={[{ field: firstId, text: error }]} />}
    >
      <form onSubmit={submit}>
        <ChoiceGroup legend={t("booking.places.legend")} error={error}>
          {offices.map((office) => (
            <Choice
              key={office.slug}
              type="checkbox"
              name="office"
              id={`office-${office.slug}`}
              value={office.slug}
              checked={chosen.includes(office.slug)}
              onChange={() => toggle(office.slug)}
              more={office.kind === "mobile" ? t("booking.places.mobile") : <Street address={office.address} />}
            >
              <OfficeName office={office} />
            </Choice>
          ))}
        </ChoiceGroup>
        <Needs needs={needs} onChange={setNeeds} hint={t("booking.needs.why")} />
        <div className="actions">
          <Button type="submit">{t("booking.places.search")}</Button>
        </div>
      </form>
    </Page>
  );
}
