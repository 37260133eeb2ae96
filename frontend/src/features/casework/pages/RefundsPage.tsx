/** Fees that go back: which, to which application, and the word that somebody has given them back. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import styles from "../desk/desk.module.css";
import { Growing } from "../desk/Growing";
import { listRefunds, markRefunded } from "../desk/money";
import { Tabs } from "../desk/Tabs";
import { usePages } from "../desk/usePages";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { opens } from "../frame/rights";
import { useStaffSession } from "../queries";
import type { Refund } from "../types";

const DONE = "erledigt=1";

export function RefundsPage(): ReactNode {
  return (
    <Allowed page="refunds">
      <Lists />
    </Allowed>
  );
}

function Lists(): ReactNode {
  const t = useT();
  const scope = useSearch() === DONE ? "done" : "open";
  const tabs = [
    { query: "", text: t("staff.refunds.open") },
    { query: DONE, text: t("staff.refunds.done") },
  ];
  return (
    <Page title={t("staff.nav.refunds")}>
      <HelpHere text="staff.here.refunds" />
      <Tabs label={t("staff.refunds.views")} path="/erstattungen" tabs={tabs} />
      <Refunds scope={scope} />
    </Page>
  );
}

function Refunds({ scope }: { scope: "open" | "done" }): ReactNode {
  const t = useT();
  const reading = usePages<Refund, string>(["refunds", scope], (after, signal) => listRefunds(scope, after, signal));
  const caption = t(`staff.refunds.${scope}`);
  return (
    <Growing reading={reading} empty={t(scope === "open" ? "staff.refunds.none" : "staff.refunds.none_done")}>
      {(refunds) => (
        <Region label={caption} className={styles["region"]}>
          <table className={styles["table"]}>
            <caption className="vh">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t("staff.refunds.receipt")}</th>
                <th scope="col">{t("staff.refunds.amount")}</th>
                <th scope="col">{t("staff.list.column.case")}</th>
                <th scope="col">{t("staff.list.column.service")}</th>
                <th scope="col">{t("staff.refunds.reason")}</th>
                <th scope="col">{t("staff.refunds.since")}</th>
                <th scope="col">{t("staff.refunds.state")}</th>
              </tr>
            </thead>
            <tbody>
              {refunds.map((refund) => (
                <OneRefund key={refund.id} refund={refund} />
              ))}
            </tbody>
          </table>
        </Region>
      )}
    </Growing>
  );
}

const REASONS = {
  withdrawn: "staff.refunds.reason.withdrawn",
  undone: "staff.refunds.reason.undone",
  fee_changed: "staff.refunds.reason.fee_changed",
  surplus: "staff.refunds.reason.surplus",
} as const;

const isReason = (code: string): code is keyof typeof REASONS => Object.hasOwn(REASONS, code);

function OneRefund({ refund }: { refund: Refund }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { reference, reason } = refund;
  const { data: session } = useStaffSession();
  // Administrators give money back, but open no case.
  const opensCases = opens(session?.roles ?? [], "list");
  return (
    <tr>
      <th scope="row">{refund.receipt_number}</th>
      <td className="nowrap">{format.amount(refund.cents)}</td>
      <td>
        {reference && opensCases && (
          <Link href={`/vorgang/${reference}`}>
            <bdi>{reference}</bdi>
          </Link>
        )}
        {reference && !opensCases && <bdi>{reference}</bdi>}
        {!reference && <span className="muted">{t("staff.refunds.no_reference")}</span>}
      </td>
      <td>
        <LocalizedText text={refund.title} />
        {refund.office_name && <small>{refund.office_name}</small>}
      </td>
      <td>{t(reason && isReason(reason) ? REASONS[reason] : "staff.refunds.reason.unknown")}</td>
      <td className="nowrap">{format.numericDate(refund.due_at)}</td>
      <td>
        <Back refund={refund} />
      </td>
    </tr>
  );
}

/** When it went back and by whom, or the button that says so. */
function Back({ refund }: { refund: Refund }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { busy, problem, run } = useAction();
  const { receipt_number: receipt } = refund;
  if (refund.refunded_at) {
    const date = format.numericDate(refund.refunded_at);
    const name = refund.refunded_by_name;
    return name ? t("staff.refunds.marked_by", { date, name }) : date;
  }
  const mark = () =>
    void run(async () => {
      await markRefunded(refund.id);
      await client.invalidateQueries({ queryKey: ["casework", "refunds"] });
      announce(t("staff.refunds.marked", { receipt }));
      document.querySelector<HTMLElement>("h1")?.focus();
    });
  const refused =
    problem && (problem.code === "nothing_to_pay" ? t("staff.refunds.nothing") : problemText(problem, t, format));
  return (
    <>
      <TextButton
        onClick={mark}
        aria-disabled={busy || undefined}
        aria-label={t("staff.refunds.mark_named", { amount: format.amount(refund.cents), receipt })}
      >
        {t("staff.refunds.mark")}
      </TextButton>
      {refused && <span role="alert">{refused}</span>}
    </>
  );
}
