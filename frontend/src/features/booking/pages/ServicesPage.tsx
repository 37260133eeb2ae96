/** Step 1: what the visit is for, for how many persons, and what else in the same appointment. */
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { rescueFocus } from "../../../lib/navigation";
import { Button, ButtonLink, TextButton, TextLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { SelectField } from "../../../ui/Field";
import { Loading } from "../../../ui/Loading";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import {
  combinable,
  commonOffices,
  formatSelection,
  parseSelection,
  stepAddress,
  STEP_PATH,
  type Selection,
} from "../model";
import { OfficeName } from "../components/ServiceName";
import { useOffices, useServiceList, useServices } from "../queries";
import { saveDraft } from "../storage";
import type { Service } from "../types";
import { useStep } from "../components/useStep";
import styles from "./ServicesPage.module.css";

export function ServicesPage(): ReactNode {
  const t = useT();
  const step = useStep("services");
  const search = useSearch();
  const selection = parseSelection(search);
  const [, navigate] = useLocation();
  const { data, error, refetch } = useServices(selection.services.map(({ service }) => service));
  // The link to a service of an office goes once that service is chosen.
  useEffect(() => rescueFocus(), [search]);
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const services = data.filter((service) => service !== null);
  const bookable = services.length > 0 && services.every((service) => service.bookable);
  const offices = commonOffices(services);
  const put = (next: Selection) => navigate(`${STEP_PATH.services}?${formatSelection(next)}`, { replace: true });
  const go = (event: FormEvent) => {
    event.preventDefault();
    const kept = selection.services.filter(({ service }) => services.some(({ slug }) => slug === service));
    const places = selection.offices.filter((slug) => offices.some((office) => office.slug === slug));
    const next = { ...selection, services: kept, offices: places };
    saveDraft({ selection: next });
    navigate(stepAddress(offices.length > 1 ? "places" : "time", next));
  };
  const [first] = services;
  return (
    <Page
      title={t("booking.services.title")}
      step={step}
      {...(first && { service: first.name.text, back: { href: `/leistungen/${first.slug}`, text: t("booking.back") } })}
      lead={services.length > 0 ? t("booking.services.lead") : t("booking.services.empty")}
    >
      {services.length === 0 ? (
        <>
          <OfficeServices selection={selection} />
          <div className="actions">
            <ButtonLink href="/leistungen">{t("booking.services.find")}</ButtonLink>
          </div>
        </>
      ) : (
        <>
          <form onSubmit={go}>
            <h2 className="section" tabIndex={-1} id="chosen-services">
              {t("booking.services.chosen")}
            </h2>
            <ul className={styles["chosen"]}>
              {services.map((service) => (
                <ChosenService key={service.slug} service={service} selection={selection} onChange={put} />
              ))}
            </ul>
            {bookable && offices.length === 0 && (
              <Note kind="warn" className="t5">
                <p>{t("booking.services.no_office")}</p>
              </Note>
            )}
            {bookable && offices.length > 0 && (
              <div className="actions">
                <Button type="submit">{t("booking.continue")}</Button>
              </div>
            )}
          </form>
          {bookable && <AddService services={services} selection={selection} onChange={put} />}
        </>
      )}
    </Page>
  );
}

/** Whoever comes from the page of an office chooses among what can be booked there. */
function OfficeServices({ selection }: { selection: Selection }): ReactNode {
  const { data = [] } = useOffices(selection.offices, selection.offices.length > 0);
  return data.map((office) => {
    const offered = office.services.filter(({ bookable }) => bookable);
    return (
      offered.length > 0 && (
        <section key={office.slug} className="section prose" aria-labelledby={`services-${office.slug}`}>
          <h2 id={`services-${office.slug}`}>
            <OfficeName office={office} />
          </h2>
          <ul className="t3">
            {offered.map(({ slug, name }) => (
              <li key={slug}>
                <TextLink href={stepAddress("services", { ...selection, services: [{ service: slug, quantity: 1 }] })}>
                  <LocalizedText text={name} />
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      )
    );
  });
}

interface PartProps {
  selection: Selection;
  onChange: (selection: Selection) => void;
}

function ChosenService({ service, selection, onChange }: PartProps & { service: Service }): ReactNode {
  const t = useT();
  const format = useFormat();
  const wish = selection.services.find((known) => known.service === service.slug);
  const quantity = Math.min(wish?.quantity ?? 1, service.max_quantity);
  const others = selection.services.filter((known) => known.service !== service.slug);
  const minutes =
    service.duration_minutes === null
      ? null
      : service.duration_minutes + (quantity - 1) * (service.further_person_minutes ?? service.duration_minutes);
  const remove = () => {
    onChange({ ...selection, services: others });
    announce(t("booking.services.removed", { name: service.name.text }));
    document.getElementById("chosen-services")?.focus();
  };
  const count = (next: number) =>
    onChange({
      ...selection,
      services: selection.services.map((known) =>
        known.service === service.slug ? { ...known, quantity: next } : known,
      ),
    });
  return (
    <li>
      <h3>
        <LocalizedText text={service.name} />
      </h3>
      {minutes !== null && <p className="muted">{t("booking.about", { duration: format.duration(minutes) })}</p>}
      {service.bookable ? (
        <SelectField
          id={`quantity-${service.slug}`}
          label={
            <>
              {t("booking.services.quantity")}
              <span className="vh">: {service.name.text}</span>
            </>
          }
          hint={service.max_quantity > 1 ? t("booking.services.max", { count: service.max_quantity }) : undefined}
          value={quantity}
          onChange={(event) => count(Number(event.target.value))}
        >
          {Array.from({ length: Math.max(1, service.max_quantity) }, (_, index) => (
            <option key={index} value={index + 1}>
              {t("booking.persons", { count: index + 1 })}
            </option>
          ))}
        </SelectField>
      ) : (
        <Note kind="warn" className="t3">
          <p>{t("booking.services.not_bookable")}</p>
        </Note>
      )}
      {selection.services.length > 1 && (
        <TextButton onClick={remove} aria-label={`${t("booking.services.remove")}: ${service.name.text}`}>
          {t("booking.services.remove")}
        </TextButton>
      )}
    </li>
  );
}

function AddService({ services, selection, onChange }: PartProps & { services: readonly Service[] }): ReactNode {
  const t = useT();
  const slugs = combinable(services);
  const { data = [] } = useServiceList(slugs.length > 0);
  const [slug, setSlug] = useState("");
  const offered = data.filter((service) => slugs.includes(service.slug));
  if (offered.length === 0) return null;
  const chosen = offered.find((service) => service.slug === slug);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) {
      document.getElementById("add-service")?.focus();
      return;
    }
    onChange({ ...selection, services: [...selection.services, { service: chosen.slug, quantity: 1 }] });
    announce(t("booking.services.added", { name: chosen.name.text }));
    setSlug("");
  };
  return (
    <form className="section" onSubmit={add}>
      <h2>{t("booking.services.add.title")}</h2>
      <SelectField
        id="add-service"
        label={t("booking.services.add.label")}
        hint={t("booking.services.add.hint")}
        value={slug}
        onChange={(event) => setSlug(event.target.value)}
      >
        <option value="">{t("booking.services.add.none")}</option>
        {offered.map((service) => (
          <option key={service.slug} value={service.slug}>
            {service.name.text}
          </option>
        ))}
      </SelectField>
      <div className="actions">
        <Button type="submit" look="second">
          {t("booking.services.add.button")}
        </Button>
      </div>
    </form>
  );
}
