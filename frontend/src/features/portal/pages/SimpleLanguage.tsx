/** The page that BITV 2.0 § 4 asks for: what is here, how to find one's way, the statement explained, in Leichte Sprache and by film. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePortal } from "../../../api/portal";
import { T, useT } from "../../../i18n/text";
import { OutsideLink } from "../../../ui/Button";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Block } from "../components/Block";

export function SimpleLanguage(): ReactNode {
  const t = useT();
  const film = usePortal()?.sign_language_film_url;
  return (
    <Page title={t("portal.simple.title")} lead={t("portal.simple.lead")}>
      <Block
        title={t("portal.simple.content.title")}
        points={[
          t("portal.simple.content.find"),
          t("portal.simple.content.book"),
          t("portal.simple.content.change"),
          t("portal.simple.content.offices"),
        ]}
      />
      <Block
        title={t("portal.simple.way.title")}
        points={[
          t("portal.simple.way.language"),
          t("portal.simple.way.search"),
          t("portal.simple.way.appointment"),
          t("portal.simple.way.help"),
        ]}
      />
      <Block title={t("portal.simple.statement.title")}>
        <p>{t("portal.simple.statement.text")}</p>
        <p>
          <T id="portal.simple.statement.link" components={{ link: <Link href="/barrierefreiheit" /> }} />
        </p>
        <p>
          <T id="portal.simple.statement.report" components={{ link: <Link href="/rueckmeldung" /> }} />
        </p>
      </Block>
      <Block title={t("common.help.dgs.title")}>
        {film ? (
          <p>
            <OutsideLink href={film}>{t("common.help.dgs.link")}</OutsideLink>
          </p>
        ) : (
          <Note>
            <p>{t("common.help.dgs.missing")}</p>
          </Note>
        )}
      </Block>
    </Page>
  );
}
