/** What will be erased: how many cases in which month, and which; for administrators and auditors. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Link, useSearch } from "wouter";
import type { ApiProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { rescueFocus } from "../../../lib/navigation";
import { TextLink } from "../../../ui/Button";
import { Loading } from "../../../ui/Loading";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import styles from "../desk/desk.module.css";
import { ErrorPart } from "../desk/ErrorPart";
import { Growing } from "../desk/Growing";
import { listRetention, monthName, previewRetention, wantedOf, type Wanted } from "../desk/retention";
import { usePages } from "../desk/usePages";
import { Allowed } from "../frame/Allowed";
import { HelpHere } from "../frame/HelpHere";
import { isState } from "../lists/filters";
import { useServices } from "../lists/queries";
import { useOfficeName } from "../offices";
import type { Retained, Retention } from "../types";

export function RetentionPage(): ReactNode {
  const t = useT();
  const search = useSearch();
  const wanted = wantedOf(search);
  useEffect(() => {
    // The link that was pressed goes with the list that it stood in.
    rescueFocus();
  }, [search]);
  return (
    <Allowed page="retention">
      <Page title={t("staff.nav.retention")}>
        <HelpHere text="staff.here.retention" />
        {wanted ? <Month wanted={wanted} /> : <Months />}
      </Page>
    </Allowed>
  );
}

function Months(): ReactNode {
  const { data, error, refetch } = useQuery<Retention, ApiProblem>({
    queryKey: ["casework", "retention"],
    queryFn: ({ signal }) => previewRetention(signal),
    // Every look is written down, so it is not repeated by itself.
    staleTime: Infinity,
  });
  if (data) return <Counted retention={data} />;
  return error ? <ErrorPart error={error} retry={() => void refetch()} /> : <Loading />;
}

function Counted({ retention: { items, total } }: { retention: Retention }): ReactNode {
  const t = useT();
  const format = useFormat();
  const caption = t("staff.retention.months");
  const query = (month: string, dienst: string) => new URLSearchParams({ monat: month, dienst }).toString();
  return (
    <>
      <p className="t4">{t("staff.retention.total", { count: total })}</p>
      {items.length > 0 && (
        <Region label={caption} className={styles["region"]}>
          <table className={styles["table"]}>
            <caption className="vh">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t("staff.retention.month")}</th>
                <th scope="col">{t("staff.list.column.service")}</th>
                <th scope="col">{t("staff.retention.cases")}</th>
                <th scope="col">{t("staff.retention.announced")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ month, service, title, cases, announced }) => (
                <tr key={`${month} ${service}`}>
                  <th scope="row">
                    <Link
                      href={`/aufbewahrung?${query(month, service)}`}
                      aria-label={t("staff.retention.show", { month: monthName(month), service: title.text })}
                    >
                      {monthName(month)}
                    </Link>
                  </th>
                  <td>
                    <LocalizedText text={title} />
                  </td>
                  <td>{format.number(cases)}</td>
                  <td>{format.number(announced)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Region>
      )}
    </>
  );
}

function Month({ wanted }: { wanted: Wanted }): ReactNode {
  const t = useT();
  const { data: services = [] } = useServices();
  const reading = usePages<Retained, string>(["retained", wanted], (after, signal) =>
    listRetention(wanted, after, signal),
  );
  const service = services.find(({ slug }) => slug === wanted.service)?.title.text ?? wanted.service;
  const caption = t("staff.retention.list", { service, month: monthName(wanted.month) });
  return (
    <section className="t4" aria-labelledby="monat">
      <p>
        <TextLink href="/aufbewahrung">{t("staff.retention.back")}</TextLink>
      </p>
      <h2 id="monat">{caption}</h2>
      <Growing reading={reading} empty={t("staff.retention.none")}>
        {(cases) => <Cases cases={cases} caption={caption} />}
      </Growing>
    </section>
  );
}

/** Numbers without links: who may see what will be erased need not be allowed to open a case. */
function Cases({ cases, caption }: { cases: readonly Retained[]; caption: string }): ReactNode {
  const t = useT();
  const format = useFormat();
  const officeName = useOfficeName();
  return (
    <Region label={caption} className={styles["region"]}>
      <table className={styles["table"]}>
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("staff.list.column.case")}</th>
            <th scope="col">{t("staff.filter.state")}</th>
            <th scope="col">{t("staff.retention.office")}</th>
            <th scope="col">{t("staff.retention.day")}</th>
            <th scope="col">{t("staff.retention.told")}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ reference, state, office, erase_on, announced_on }) => (
            <tr key={reference}>
              <th scope="row">
                <bdi>{reference}</bdi>
              </th>
              <td>{isState(state) ? t(`staff.state.${state}`) : state}</td>
              <td>{office && officeName(office)}</td>
              <td className="nowrap">{format.numericDate(erase_on)}</td>
              <td className="nowrap">
                {announced_on ? format.numericDate(announced_on) : t("staff.retention.not_told")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Region>
  );
}
