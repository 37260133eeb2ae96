/** An appointment as its ticket. */
import type { ReactNode } from "react";
import { inGroups } from "../../../lib/codes";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Facts } from "../../../ui/Facts";
import { Ticket, TicketCode } from "../../../ui/Ticket";
import { persons } from "../model";
import { useServices } from "../queries";
import type { Appointment } from "../types";
import { Names, OfficeName, Street } from "./ServiceName";

interface Props {
  appointment: Appointment;
  /** The code is known only right after booking. */
  code: string | null;
}

export function AppointmentTicket({ appointment, code }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { state, office, place, services, starts_at, ends_at } = appointment;
  // The appointment's own names are in the language of its messages; the page may be in another one.
  const { data = [] } = useServices(services.map(({ service }) => service));
  const names = services.map(({ name }, index) => data[index]?.name ?? name);
  const minutes = Math.round((Date.parse(ends_at) - Date.parse(starts_at)) / 60_000);
  return (
    <Ticket
      label={t("booking.ticket.label")}
      day={format.date(starts_at)}
      hour={format.time(starts_at)}
      state={state === "booked" ? undefined : t(`booking.ticket.state.${state}`)}
    >
      <Facts
        items={[
          {
            key: "place",
            label: t("booking.row.place"),
            value: <OfficeName office={office} />,
            more: <Street address={place} />,
          },
        ]}
      />
      <Facts
        items={[
          {
            key: "services",
            label: t("booking.row.services"),
            value: <Names names={names} />,
            more: t("booking.pair", {
              first: t("booking.persons", { count: persons(services) }),
              second: t("booking.about", { duration: format.duration(minutes) }),
            }),
          },
        ]}
      />
      <TicketCode label={t("booking.ticket.number")} groups={inGroups(appointment.reference)}>
        {code && (
          <>
            {t("booking.ticket.code")}:{" "}
            <bdi dir="ltr" className="nowrap">
              <b>{inGroups(code).join(" ")}</b>
            </bdi>
            <br />
            {t("booking.ticket.code.once")}
          </>
        )}
      </TicketCode>
    </Ticket>
  );
}
