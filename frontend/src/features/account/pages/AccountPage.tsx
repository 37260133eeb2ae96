/** One's own area: what was started, what was sent, what else there is. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { TextLink } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Applications } from "../components/Applications";
import { Drafts } from "../components/Drafts";
import { Personal } from "../components/Personal";
import { useForms } from "../queries";

export function AccountPage(): ReactNode {
  const t = useT();
  const title = t("account.area.title");
  return (
    <Personal title={title}>
      {() => (
        <Page title={title} lead={t("account.area.lead")} aside={<More />}>
          <Applications />
          <Drafts />
          <NewApplication />
        </Page>
      )}
    </Personal>
  );
}

function NewApplication(): ReactNode {
  const t = useT();
  const { data: forms } = useForms();
  if (!forms || forms.length === 0) return null;
  return (
    <section className="section" aria-labelledby="new">
      <h2 id="new">{t("account.start.title")}</h2>
      {forms.map(({ slug, title }) => (
        <p key={slug}>
          <TextLink href={`/antrag/${slug}`}>
            <LocalizedText text={title} />
          </TextLink>
        </p>
      ))}
    </section>
  );
}

function More(): ReactNode {
  const t = useT();
  return (
    <Aside title={t("account.more.title")} className="noprint">
      <p>
        <TextLink href="/konto/daten">{t("account.data.link")}</TextLink>
      </p>
      <p>
        <TextLink href="/antrag-status">{t("account.sign_in.status")}</TextLink>
      </p>
    </Aside>
  );
}
