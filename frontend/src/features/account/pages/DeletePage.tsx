/** Asks once before the account here is deleted: what goes, what stays. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { clearTyped } from "../../../lib/typed";
import { Button, TextLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { deleteMyAccount } from "../api";
import { Personal } from "../components/Personal";

export function DeletePage(): ReactNode {
  const t = useT();
  return <Personal title={t("account.delete.title")}>{() => <Asked />}</Personal>;
}

function Asked(): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { busy, problem, attempt, run } = useAction();
  const remove = () =>
    void run(async () => {
      const location = await deleteMyAccount(language);
      clearTyped();
      if (location) {
        window.location.assign(location);
        return;
      }
      client.clear();
      navigate("/anmelden?grund=deleted", { replace: true });
    });
  return (
    <Page
      title={t("account.delete.title")}
      lead={t("account.delete.lead")}
      back={{ href: "/konto/daten", text: t("account.data.title") }}
      faulty={problem !== null}
      before={
        problem && (
          <ErrorSummary
            attempt={attempt}
            faults={[{ text: problemText(problem, t, format, { account_in_use: "account.error.account_in_use" }) }]}
          />
        )
      }
    >
      <Note className="t5">
        <p>{t("account.delete.kept")}</p>
        <p>{t("account.delete.provider")}</p>
      </Note>
      <div className="actions">
        <Button look="danger" busy={busy} onClick={remove}>
          {t("account.delete.submit")}
        </Button>
        <TextLink href="/konto/daten">{t("account.delete.keep")}</TextLink>
      </div>
    </Page>
  );
}
