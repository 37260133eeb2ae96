/** One's own appointment: from the link in a mail (secret behind #) or after number and code. */
import { useState, type ReactNode } from "react";
import { useParams } from "wouter";
import { takeFragment } from "../../../lib/fragment";
import { AppointmentView } from "../components/AppointmentView";
import { loadGuest, saveGuest } from "../storage";

export function AppointmentPage(): ReactNode {
  const { reference = "" } = useParams<{ reference: string }>();
  useState(() => {
    const secret = takeFragment("s");
    if (secret) saveGuest(reference, { secret, code: loadGuest(reference)?.code ?? null });
  });
  return <AppointmentView reference={reference} />;
}
