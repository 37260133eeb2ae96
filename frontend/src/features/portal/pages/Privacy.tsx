/** What this software does with data, in plain words; the operator's own notice belongs to the deployment. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import { useT } from "../../../i18n/text";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Block } from "../components/Block";

export function Privacy(): ReactNode {
  const t = useT();
  const portal = usePortal();
  return (
    <Page title={t("common.foot.privacy")} lead={t("portal.privacy.lead")}>
      <Block
        title={t("portal.privacy.what.title")}
        points={[t("portal.privacy.what.name"), t("portal.privacy.what.contact"), t("portal.privacy.what.appointment")]}
      />
      <Block
        title={t("portal.privacy.not.title")}
        points={[t("portal.privacy.not.others"), t("portal.privacy.not.tracking"), t("portal.privacy.not.browser")]}
      />
      <Block title={t("portal.privacy.contact.title")}>
        {portal?.privacy_contact ? (
          <p>
            <bdi lang="de">{portal.privacy_contact}</bdi>
          </p>
        ) : (
          <Note>
            <p>{t("portal.privacy.contact.missing")}</p>
          </Note>
        )}
      </Block>
    </Page>
  );
}
