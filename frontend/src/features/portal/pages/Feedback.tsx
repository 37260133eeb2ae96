/** Where to report a barrier or an error: by mail, phone or post until the portal takes reports itself. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { TextLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Block } from "../components/Block";
import { ContactWays } from "../components/ContactWays";

export function Feedback(): ReactNode {
  const t = useT();
  return (
    <Page title={t("portal.feedback.title")} lead={t("portal.feedback.lead")}>
      <Block title={t("portal.feedback.ways")}>
        <ContactWays />
      </Block>
      <Block
        title={t("portal.feedback.what.title")}
        points={[t("portal.feedback.what.page"), t("portal.feedback.what.problem"), t("portal.feedback.what.device")]}
      >
        <p>{t("portal.feedback.what.private")}</p>
      </Block>
      <p className="t6">
        <TextLink href="/barrierefreiheit">{t("portal.accessibility.title")}</TextLink>
      </p>
    </Page>
  );
}
