/** The way to the audit trail of this case, for those who may read it. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { TextLink } from "../../../../ui/Button";
import { useProfile } from "../../queries";

export function Trail({ reference }: { reference: string }): ReactNode {
  const t = useT();
  const { data: me } = useProfile();
  if (!me?.can["case.trail"]) return null;
  return (
    <p>
      <TextLink href={`/protokoll?vorgang=${reference}`}>{t("staff.case.trail")}</TextLink>
    </p>
  );
}
