/** Where a cancelled, failed or ended sign-in leads; signed in, the way on. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { StaffSignIn } from "../frame/StaffSignIn";
import { useStaffSession } from "../queries";

export function StaffSignInPage(): ReactNode {
  const t = useT();
  const { data: session } = useStaffSession();
  if (!session?.signed_in) return <StaffSignIn />;
  return (
    <Page title={t("staff.sign_in.title")} lead={t("staff.sign_in.already")}>
      <div className="actions">
        <ButtonLink href="/">{t("staff.sign_in.list")}</ButtonLink>
      </div>
    </Page>
  );
}
