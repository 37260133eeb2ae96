/** How new cases find their people: rules of an office, teams, who is away; for leads and administrators. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearch } from "wouter";
import type { ApiProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { useColleagues } from "../colleagues";
import { AbsenceForm } from "../desk/AbsenceForm";
import { listRouting } from "../desk/api";
import styles from "../desk/desk.module.css";
import { RoutingForm } from "../desk/RoutingForm";
import { Tabs } from "../desk/Tabs";
import { TeamForm } from "../desk/TeamForm";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { useOfficeName } from "../offices";
import { useProfile } from "../queries";
import type { Routing } from "../types";

export function RoutingPage(): ReactNode {
  return (
    <Allowed page="routing">
      <Distribution />
    </Allowed>
  );
}

function Distribution(): ReactNode {
  const t = useT();
  return (
    <Page title={t("staff.nav.routing")}>
      <HelpHere text="staff.here.routing" />
      <Ready reading={useProfile()}>{({ offices }) => <Office offices={offices} />}</Ready>
      <People />
    </Page>
  );
}

function Office({ offices }: { offices: readonly string[] }): ReactNode {
  const t = useT();
  const nameOf = useOfficeName();
  const wanted = new URLSearchParams(useSearch()).get("amt");
  const office = wanted ?? offices[0] ?? null;
  const queryKey = ["casework", "routing", office];
  const reading = useQuery<Routing, ApiProblem>({
    queryKey,
    queryFn: ({ signal }) => listRouting(office, signal),
    enabled: office !== null,
  });
  if (office === null) return <p className="t4">{t("staff.routing.no_office")}</p>;
  const tabs = offices.map((one) => ({ query: one === offices[0] ? "" : `amt=${one}`, text: nameOf(one) }));
  return (
    <>
      {offices.length > 1 && <Tabs label={t("staff.routing.offices")} path="/verteilung" tabs={tabs} />}
      <section className="section">
        <Ready reading={reading}>
          {(routing) => (
            <RoutingForm key={`${routing.office}-${String(routing.revision)}`} routing={routing} queryKey={queryKey} />
          )}
        </Ready>
      </section>
    </>
  );
}

function People(): ReactNode {
  const t = useT();
  const format = useFormat();
  const people = useColleagues();
  if (people.length === 0) return null;
  return (
    <section className="section" aria-labelledby="leute">
      <h2 id="leute">{t("staff.teams.title")}</h2>
      {people.map((worker) => (
        <article key={worker.id} className={styles["item"]} aria-labelledby={`person-${worker.id}`}>
          <header>
            <h3 id={`person-${worker.id}`}>
              <bdi>{worker.name}</bdi>
            </h3>
            {worker.absent_until && (
              <p className="muted">
                {t("staff.absence.away", { date: format.date(worker.absent_until) })}{" "}
                {worker.substitute_name && t("staff.absence.by", { name: worker.substitute_name })}
              </p>
            )}
          </header>
          <TeamForm worker={worker} />
          <details className={styles["fold"]}>
            <summary>{t("staff.routing.absence")}</summary>
            <AbsenceForm worker={worker} />
          </details>
        </article>
      ))}
    </section>
  );
}
