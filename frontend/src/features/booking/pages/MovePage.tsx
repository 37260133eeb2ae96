/** Another time for the same appointment; the old one stays until the new one is made. */
import { useState, type ReactNode } from "react";
import { useLocation, useParams, useSearch } from "wouter";
import { useAction } from "../../../api/useAction";
import { toProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { TextLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Facts } from "../../../ui/Facts";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { moveAppointment } from "../api";
import { AppointmentState } from "../components/AppointmentView";
import { MissingAppointment } from "../components/MissingAppointment";
import { OfficeName } from "../components/ServiceName";
import { useSlotText } from "../components/slotText";
import { FIRST_NEAR, FIRST_TIME, TimeChoice } from "../components/TimeChoice";
import { useTakenText } from "../components/useTakenText";
import { commonOffices, formatSelection, isNeed, parseSelection, type Selection } from "../model";
import { alternativesOf, problemText } from "../problems";
import { useAppointment, useAppointmentUpdate, useFreeTimes, useServices } from "../queries";
import { loadGuest } from "../storage";
import type { Appointment, OfficeSummary, Slot } from "../types";

export function MovePage(): ReactNode {
  const { reference = "" } = useParams<{ reference: string }>();
  const guest = loadGuest(reference);
  const { data, error, refetch } = useAppointment(reference);
  const services = useServices(data?.services.map(({ service }) => service) ?? []);
  const failed = error ?? services.error;
  if (!guest || error?.status === 404) return <MissingAppointment />;
  if (failed) return <ErrorPage error={failed} retry={() => void refetch()} />;
  if (!data || !services.data) return <Loading />;
  if (data.state !== "booked") return <AppointmentState appointment={data} code={null} />;
  const offices = commonOffices(services.data.filter((service) => service !== null));
  return <Move appointment={data} offices={offices} secret={guest.secret} />;
}

interface Props {
  appointment: Appointment;
  offices: readonly OfficeSummary[];
  secret: string;
}

/** Filters come from the address; what the appointment is for does not. */
function useMoveSelection({ services, needs }: Appointment): Selection {
  const filters = parseSelection(useSearch());
  const wish = services.map(({ service, quantity }) => ({ service, quantity }));
  return { ...filters, services: wish, needs: needs.filter(isNeed) };
}

function Move({ appointment, offices, secret }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { reference } = appointment;
  const selection = useMoveSelection(appointment);
  const times = useFreeTimes(selection);
  const update = useAppointmentUpdate(reference);
  const { busy, problem, attempt, run, refuse } = useAction();
  const [missing, setMissing] = useState(0);
  const takenText = useTakenText(offices);
  if (times.query.error) return <ErrorPage error={times.query.error} retry={() => void times.query.refetch()} />;
  const address = (next: Selection) =>
    `/termin/${reference}/verschieben?${formatSelection({ ...next, services: [], needs: [] })}`;
  const move = ({ office, starts_at }: Slot) =>
    void run(async () => {
      try {
        const moved = await moveAppointment(reference, secret, { office, starts_at });
        navigate(`/termin/${reference}`, { replace: true, state: { news: "moved" } });
        await update(moved);
      } catch (error) {
        if (toProblem(error).code === "slot_taken") await times.refresh();
        throw error;
      }
    });
  const near = problem?.code === "slot_taken" ? alternativesOf(problem) : [];
  const refusal = problem && (problem.code === "slot_taken" ? takenText(near) : problemText(problem, t, format));
  const text = missing > 0 ? t("booking.time.choose_error") : (refusal ?? "");
  return (
    <Page
      title={t("booking.move")}
      lead={t("booking.move.lead")}
      faulty={text !== ""}
      back={{ href: `/termin/${reference}`, text: t("booking.back") }}
      before={
        text && (
          <ErrorSummary
            attempt={missing + attempt}
            faults={[{ field: near.length > 0 ? FIRST_NEAR : FIRST_TIME, text }]}
          />
        )
      }
      aside={<Current appointment={appointment} />}
    >
      <TimeChoice
        times={times}
        selection={selection}
        onSearch={(next) => navigate(address(next))}
        addressOf={address}
        offices={offices}
        near={near}
        initial={null}
        submitText={t("booking.move.submit")}
        busy={busy}
        error={missing > 0 ? text : undefined}
        fixed
        onSubmit={(slot) => {
          setMissing(slot ? 0 : missing + 1);
          refuse(null);
          if (slot) move(slot);
        }}
      />
    </Page>
  );
}

function Current({ appointment }: { appointment: Appointment }): ReactNode {
  const t = useT();
  const text = useSlotText();
  return (
    <Aside title={t("booking.move.current")} className="noprint">
      <Facts
        items={[
          {
            key: "time",
            label: t("booking.row.time"),
            value: text.moment(appointment.starts_at),
            more: <OfficeName office={appointment.office} />,
          },
        ]}
      />
      <p>
        <TextLink href={`/termin/${appointment.reference}`}>{t("booking.move.keep")}</TextLink>
      </p>
    </Aside>
  );
}
