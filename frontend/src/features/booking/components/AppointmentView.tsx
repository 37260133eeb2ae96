/** One appointment in whatever state it is: not booked yet, booked, cancelled, expired. */
import { useEffect, useRef, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { ButtonLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { useAppointment } from "../queries";
import { loadGuest } from "../storage";
import type { Appointment } from "../types";
import { AppointmentTicket } from "./AppointmentTicket";
import { BookedView } from "./BookedView";
import { CancelledView } from "./CancelledView";
import { MissingAppointment } from "./MissingAppointment";
import { sameWish } from "./sameWish";
import { UnconfirmedView } from "./UnconfirmedView";

/** Reads the appointment with the secret of this tab; foreign, wrong and unknown look alike. */
export function AppointmentView({ reference }: { reference: string }): ReactNode {
  const guest = loadGuest(reference);
  const { data, error, refetch } = useAppointment(reference);
  useNowBooked(data?.state);
  if (!guest || error?.status === 404) return <MissingAppointment />;
  if (data) return <AppointmentState appointment={data} code={guest.code} />;
  if (error) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Loading />;
}

/** Says it when the link in the mail was used while this page was open. */
function useNowBooked(state: Appointment["state"] | undefined): void {
  const t = useT();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "unconfirmed" && state === "booked") announce(t("booking.done.now_booked"));
    before.current = state;
  }, [state, t]);
}

interface StateProps {
  appointment: Appointment;
  code: string | null;
}

export function AppointmentState({ appointment, code }: StateProps): ReactNode {
  switch (appointment.state) {
    case "unconfirmed":
      return <UnconfirmedView appointment={appointment} />;
    case "booked":
      return <BookedView appointment={appointment} code={code} />;
    case "cancelled":
      return <CancelledView appointment={appointment} />;
    case "expired":
      return <ExpiredView appointment={appointment} />;
  }
}

function ExpiredView({ appointment }: { appointment: Appointment }): ReactNode {
  const t = useT();
  return (
    <Page title={t("booking.appointment.expired")} lead={t("booking.confirm.over")}>
      <div className="actions">
        <ButtonLink href={sameWish(appointment)}>{t("booking.again")}</ButtonLink>
      </div>
      <AppointmentTicket appointment={appointment} code={null} />
    </Page>
  );
}
