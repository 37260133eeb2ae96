/** Step 6: what came of it. Says clearly that nothing is booked before the address is confirmed. */
import type { ReactNode } from "react";
import { AppointmentView } from "../components/AppointmentView";
import { MissingAppointment } from "../components/MissingAppointment";
import { useDraft } from "../useDraft";

export function DonePage(): ReactNode {
  const { booked } = useDraft();
  return booked ? <AppointmentView reference={booked.reference} /> : <MissingAppointment />;
}
