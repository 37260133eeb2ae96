/** Step 3: when. Choosing creates the hold; a time that was taken meanwhile keeps the person here with others nearby. */
import { useState, type ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useAction } from "../../../api/useAction";
import { toProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { ProofStep } from "../components/ProofStep";
import { SoFar } from "../components/SoFar";
import { FIRST_NEAR, FIRST_TIME, TimeChoice } from "../components/TimeChoice";
import { useStep } from "../components/useStep";
import { useTakenText } from "../components/useTakenText";
import { holdTime, isLive } from "../holding";
import {
  commonOffices,
  fitSelection,
  formatSelection,
  parseSelection,
  persons,
  stepAddress,
  type Selection,
} from "../model";
import { alternativesOf, problemText } from "../problems";
import { useFreeTimes, useHorizonEnd, useServices } from "../queries";
import { loadDraft, saveDraft } from "../storage";
import type { OfficeSummary, Service, Slot } from "../types";
import { ServicesPage } from "./ServicesPage";

export function TimePage(): ReactNode {
  const selection = parseSelection(useSearch());
  const horizonEnd = useHorizonEnd();
  const { data, error, refetch } = useServices(selection.services.map(({ service }) => service));
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const services = data.filter((service) => service !== null);
  const offices = commonOffices(services);
  if (offices.length === 0) return <ServicesPage />;
  const fitted = fitSelection(selection, services, offices, horizonEnd);
  return <Times selection={fitted} services={services} offices={offices} />;
}

/** The live hold's time, when it was made for what is selected now. */
function heldSlot(selection: Selection): Slot | null {
  const draft = loadDraft();
  const same = JSON.stringify(draft.selection.services) === JSON.stringify(selection.services);
  return draft.hold && same && isLive(draft) ? draft.hold : null;
}

interface Props {
  selection: Selection;
  services: readonly Service[];
  offices: readonly OfficeSummary[];
}

function Times({ selection, services, offices }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const step = useStep("time");
  const [, navigate] = useLocation();
  const times = useFreeTimes(selection);
  const action = useAction();
  const [taken, setTaken] = useState(() => loadDraft().taken);
  const [missing, setMissing] = useState(0);
  const [wanted, setWanted] = useState<Slot | null>(() => heldSlot(selection));
  const takenText = useTakenText(offices);
  const [first] = services;
  if (times.query.error?.status === 422) return <MisfitPage selection={selection} />;
  if (times.query.error) return <ErrorPage error={times.query.error} retry={() => void times.query.refetch()} />;

  const hold = (slot: Slot, proof: string | null) =>
    void action.run(async () => {
      setWanted(slot);
      setTaken(null);
      try {
        await holdTime(slot, selection, language, proof);
        navigate(stepAddress("data", selection));
      } catch (error) {
        setTaken(takenBy(error));
        saveDraft({ taken: null });
        await times.refresh();
        throw error;
      }
    });
  const submit = (slot: Slot | null) => {
    setMissing(slot ? 0 : missing + 1);
    action.refuse(null);
    if (slot) hold(slot, null);
  };
  const { problem } = action;
  const proof = problem?.code === "proof_required" ? problem : null;
  const near = taken?.alternatives ?? [];
  const text =
    missing > 0
      ? t("booking.time.choose_error")
      : taken
        ? takenText(near)
        : problem && !proof
          ? problemText(problem, t, format)
          : "";
  const field = near.length > 0 ? FIRST_NEAR : FIRST_TIME;
  const minutes = services.every(({ duration_minutes }) => duration_minutes !== null)
    ? slotMinutes(times.query.data?.first[0])
    : null;
  const people = t("booking.persons", { count: persons(selection.services) });
  const lead = t("booking.pair", {
    first: format.list(services.map(({ name }) => name.text)),
    second: minutes
      ? t("booking.pair", { first: people, second: t("booking.about", { duration: format.duration(minutes) }) })
      : people,
  });
  return (
    <Page
      title={t("booking.time.title")}
      lead={lead}
      step={step}
      service={first?.name.text ?? ""}
      faulty={text !== ""}
      back={{ href: stepAddress(offices.length > 1 ? "places" : "services", selection), text: t("booking.back") }}
      before={text && <ErrorSummary attempt={missing + action.attempt} faults={[{ field, text }]} />}
      aside={<SoFar selection={selection} services={services} offices={offices} />}
    >
      {proof && wanted && (
        <ProofStep problem={proof} busy={action.busy} onSolved={(solution) => hold(wanted, solution)} />
      )}
      <TimeChoice
        times={times}
        selection={selection}
        onSearch={(next) => {
          saveDraft({ selection: next, taken: null });
          navigate(stepAddress("time", next));
        }}
        addressOf={(next) => stepAddress("time", next)}
        offices={offices}
        near={near}
        initial={wanted}
        submitText={t("booking.time.continue")}
        busy={action.busy}
        error={missing > 0 ? text : undefined}
        onSubmit={submit}
        key={formatSelection({ ...selection, from: null, weekdays: [], part: null, needs: [] })}
      />
    </Page>
  );
}

/** Services that cannot be had together, from an old or edited address. */
function MisfitPage({ selection }: { selection: Selection }): ReactNode {
  const t = useT();
  return (
    <Page title={t("booking.none.title")} lead={t("booking.error.wish")}>
      <div className="actions">
        <ButtonLink href={stepAddress("services", selection)}>{t("booking.step.services")}</ButtonLink>
      </div>
    </Page>
  );
}

function takenBy(error: unknown): { alternatives: Slot[] } | null {
  const problem = toProblem(error);
  return problem.code === "slot_taken" ? { alternatives: alternativesOf(problem) } : null;
}

function slotMinutes(slot: Slot | undefined): number | null {
  return slot ? Math.round((Date.parse(slot.ends_at) - Date.parse(slot.starts_at)) / 60_000) : null;
}
