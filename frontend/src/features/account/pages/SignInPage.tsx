/** Where a cancelled, failed or ended sign-in leads: a page like every other, with the reason and the way on. */
import type { ReactNode } from "react";
import { useSearch } from "wouter";
import { useSession } from "../../../api/session";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { SignIn } from "../components/SignIn";
import { reasonOf } from "../model";

export function SignInPage(): ReactNode {
  const t = useT();
  const reason = reasonOf(useSearch());
  const title = t("account.sign_in");
  return (
    <Ready reading={useSession()}>
      {(session) =>
        session.signed_in && reason !== "level" ? (
          <Page title={title} lead={t("account.sign_in.already")}>
            <div className="actions">
              <ButtonLink href="/konto">{t("account.area.title")}</ButtonLink>
            </div>
          </Page>
        ) : (
          <SignIn title={title} reason={reason} />
        )
      }
    </Ready>
  );
}
