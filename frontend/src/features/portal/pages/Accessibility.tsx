/** The accessibility statement: self-assessed, partly automated, with what is known to be missing. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { TextLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Block } from "../components/Block";
import { ContactWays } from "../components/ContactWays";

/** Day of the self-assessment; changes with every new one. */
const ASSESSED_ON = "2026-11-22";

export function Accessibility(): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <Page title={t("portal.accessibility.title")} lead={t("portal.accessibility.lead")}>
      <Block title={t("portal.accessibility.status.title")}>
        <p>{t("portal.accessibility.status.text")}</p>
        <p>{t("portal.accessibility.method", { date: format.day(ASSESSED_ON) })}</p>
      </Block>
      <Block
        title={t("portal.accessibility.gaps.title")}
        points={[
          t("portal.accessibility.gaps.translations"),
          t("portal.accessibility.gaps.simple"),
          t("portal.accessibility.gaps.dgs"),
          t("portal.accessibility.gaps.people"),
          t("portal.accessibility.gaps.outside"),
        ]}
      />
      <Block
        title={t("portal.accessibility.done.title")}
        points={[
          t("portal.accessibility.done.keyboard"),
          t("portal.accessibility.done.reader"),
          t("portal.accessibility.done.zoom"),
          t("portal.accessibility.done.time"),
          t("portal.accessibility.done.languages"),
        ]}
      />
      <Block title={t("portal.accessibility.report.title")}>
        <p>{t("portal.accessibility.report.text")}</p>
        <ContactWays />
      </Block>
      <Block title={t("portal.accessibility.enforcement.title")}>
        <p>
          <T
            id="portal.accessibility.enforcement.text"
            values={{
              body: (
                <span lang="de" dir="ltr">
                  {t("portal.accessibility.enforcement.body")}
                </span>
              ),
            }}
          />
        </p>
        <p>{t("portal.accessibility.enforcement.unknown")}</p>
      </Block>
      <p className="t6">
        <TextLink href="/leichte-sprache">{t("portal.simple.link")}</TextLink>
      </p>
    </Page>
  );
}
