/** The same words for an unknown number, a wrong code, a foreign or an old link. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";

export function MissingAppointment(): ReactNode {
  const t = useT();
  return (
    <Page title={t("booking.missing.title")} lead={t("booking.missing.text")}>
      <div className="actions">
        <ButtonLink href="/termin">{t("booking.open.submit")}</ButtonLink>
      </div>
    </Page>
  );
}
