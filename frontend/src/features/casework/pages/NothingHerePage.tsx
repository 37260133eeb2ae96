/** For an address below /amt where nothing is. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";

export function NothingHerePage(): ReactNode {
  const t = useT();
  return (
    <Page title={t("staff.missing.title")} lead={t("staff.missing.text")}>
      <div className="actions">
        <ButtonLink href="/">{t("staff.sign_in.list")}</ButtonLink>
      </div>
    </Page>
  );
}
