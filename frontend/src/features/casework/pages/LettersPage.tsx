/** Letters of one's offices: what must go to the printer, what was delivered. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT, type MessageId } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { letterAddress, listLetters, markPrinted } from "../desk/api";
import styles from "../desk/desk.module.css";
import { Growing } from "../desk/Growing";
import { Tabs } from "../desk/Tabs";
import { usePages } from "../desk/usePages";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { useServices } from "../lists/queries";
import type { OfficeLetter } from "../types";

const ALL = "alle=1";

export function LettersPage(): ReactNode {
  return (
    <Allowed page="letters">
      <Lists />
    </Allowed>
  );
}

function Lists(): ReactNode {
  const t = useT();
  const toPrint = useSearch() !== ALL;
  const tabs = [
    { query: "", text: t("staff.letters.to_print") },
    { query: ALL, text: t("staff.letters.all") },
  ];
  return (
    <Page title={t("staff.nav.letters")}>
      <HelpHere text="staff.here.letters" />
      <Tabs label={t("staff.letters.views")} path="/briefe" tabs={tabs} />
      <Letters toPrint={toPrint} />
    </Page>
  );
}

function Letters({ toPrint }: { toPrint: boolean }): ReactNode {
  const t = useT();
  const reading = usePages<OfficeLetter, string>(["letters", toPrint], (after, signal) =>
    listLetters(toPrint, after, signal),
  );
  const caption = t(toPrint ? "staff.letters.to_print" : "staff.letters.all");
  return (
    <Growing reading={reading} empty={t(toPrint ? "staff.letters.none_to_print" : "staff.letters.none")}>
      {(letters) => (
        <Region label={caption} className={styles["region"]}>
          <table className={styles["table"]}>
            <caption className="vh">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t("staff.list.column.case")}</th>
                <th scope="col">{t("staff.list.column.service")}</th>
                <th scope="col">{t("staff.letters.kind")}</th>
                <th scope="col">{t("staff.letters.since")}</th>
                <th scope="col">{t("staff.letters.delivery")}</th>
                <th scope="col">{t("staff.letters.letter")}</th>
              </tr>
            </thead>
            <tbody>
              {letters.map((letter) => (
                <OneLetter key={letter.id} letter={letter} />
              ))}
            </tbody>
          </table>
        </Region>
      )}
    </Growing>
  );
}

const KINDS: Readonly<Record<string, Extract<MessageId, `staff.letters.kind.${string}`>>> = {
  granted: "staff.letters.kind.granted",
  partly: "staff.letters.kind.partly",
  refused: "staff.letters.kind.refused",
  closed: "staff.letters.kind.closed",
};

function OneLetter({ letter }: { letter: OfficeLetter }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data: services = [] } = useServices();
  const kind = KINDS[letter.kind];
  return (
    <tr>
      <th scope="row">
        <Link href={`/vorgang/${letter.reference}`}>
          <bdi>{letter.reference}</bdi>
        </Link>
      </th>
      <td>{services.find(({ slug }) => slug === letter.service)?.title.text ?? letter.service}</td>
      <td>{kind ? (t as (id: typeof kind) => string)(kind) : letter.kind}</td>
      <td>{format.numericDate(letter.provided_at)}</td>
      <td>
        <Delivery letter={letter} />
      </td>
      <td>
        <a
          href={letterAddress(letter.reference, letter.id)}
          aria-label={t("staff.letters.open", { reference: letter.reference })}
        >
          {t("staff.letters.pdf")}
        </a>
      </td>
    </tr>
  );
}

function Delivery({ letter }: { letter: OfficeLetter }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { busy, problem, run } = useAction();
  if (letter.electronic) {
    const read = letter.first_retrieved_at;
    return read ? t("staff.letters.read", { date: format.numericDate(read) }) : t("staff.letters.electronic");
  }
  if (letter.printed_at) return t("staff.letters.printed", { date: format.numericDate(letter.printed_at) });
  const mark = () =>
    void run(async () => {
      await markPrinted(letter.id);
      await client.invalidateQueries({ queryKey: ["casework", "letters"] });
      announce(t("staff.letters.marked", { reference: letter.reference }));
      document.querySelector<HTMLElement>("h1")?.focus();
    });
  return (
    <>
      {t("staff.letters.post")}{" "}
      <TextButton
        onClick={mark}
        aria-disabled={busy || undefined}
        aria-label={t("staff.letters.mark_named", { reference: letter.reference })}
      >
        {t("staff.letters.mark")}
      </TextButton>
      {problem && <span role="alert">{problemText(problem, t, format)}</span>}
    </>
  );
}
