/** The appointment is made: ticket, calendar, print, what to bring, and the way out if it does not suit any more. */
import type { ReactNode } from "react";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { Button, TextButton, TextLink } from "../../../ui/Button";
import { Icon } from "../../../ui/Icon";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { createCalendarLink } from "../api";
import { problemText } from "../problems";
import { loadGuest } from "../storage";
import type { Appointment } from "../types";
import { AppointmentTicket } from "./AppointmentTicket";
import { WhatToBring } from "./WhatToBring";

/** News that the page before left in the history entry, such as "moved". */
function newsOf(state: unknown): "moved" | "undone" | null {
  if (typeof state !== "object" || state === null || !("news" in state)) return null;
  return state.news === "moved" || state.news === "undone" ? state.news : null;
}

export function BookedView({ appointment, code }: { appointment: Appointment; code: string | null }): ReactNode {
  const t = useT();
  const { reference, contact } = appointment;
  const guest = loadGuest(reference);
  const news = newsOf(window.history.state);
  const email = contact.email;
  return (
    <Page
      title={t("booking.done.booked.title")}
      lead={code && email && <T id="booking.done.booked.lead" values={{ email: <bdi>{email}</bdi> }} />}
      aside={guest && <OtherPlans reference={reference} />}
    >
      {news && (
        <Note kind="ok" className="t5">
          <p>{t(news === "moved" ? "booking.appointment.moved" : "booking.undone")}</p>
        </Note>
      )}
      <AppointmentTicket appointment={appointment} code={code} />
      <Keep reference={reference} secret={guest?.secret ?? null} />
      <p className="t3 noprint">
        <TextLink href={`/standorte/${appointment.office.slug}`}>
          {t("booking.office.link", { office: appointment.office.name })}
        </TextLink>
      </p>
      <WhatToBring
        services={appointment.services.map(({ service }) => service)}
        authority={appointment.office.authority}
      />
    </Page>
  );
}

/** Calendar file and print. */
function Keep({ reference, secret }: { reference: string; secret: string | null }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useAction();
  const download = (opening: string) =>
    void run(async () => {
      window.location.assign(await createCalendarLink(reference, opening));
    });
  return (
    <>
      <div className="actions">
        {secret && (
          <Button busy={busy} onClick={() => download(secret)}>
            <Icon name="calendar" />
            {t("booking.calendar")}
          </Button>
        )}
        <TextButton onClick={() => window.print()}>{t("booking.print")}</TextButton>
      </div>
      {problem && (
        <p className="t3" role="alert">
          {problemText(problem, t, format)}
        </p>
      )}
      {secret && <p className="t3 small muted noprint">{t("booking.calendar.hint")}</p>}
    </>
  );
}

function OtherPlans({ reference }: { reference: string }): ReactNode {
  const t = useT();
  return (
    <Aside title={t("booking.other.title")} className="noprint t6">
      <p className="muted small">{t("booking.other.text")}</p>
      <p>
        <TextLink href={`/termin/${reference}/verschieben`}>{t("booking.move")}</TextLink>
      </p>
      <p>
        <TextLink href={`/termin/${reference}/absagen`}>{t("booking.cancel")}</TextLink>
      </p>
    </Aside>
  );
}
