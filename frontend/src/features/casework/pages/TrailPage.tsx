/** The audit trail over all cases of one's offices, for auditors: filters, list, file. */
import { useState, type FormEvent, type ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { normaliseCode, inGroups } from "../../../lib/codes";
import { Button, OutsideLink, TextLink } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { listTrail, trailFile, type TrailQuery } from "../desk/api";
import styles from "../desk/desk.module.css";
import { Growing } from "../desk/Growing";
import { actionText, roleText } from "../desk/trail";
import { usePages } from "../desk/usePages";
import { Allowed } from "../frame/Allowed";
import { DayField, isDayOrEmpty } from "../frame/DayField";
import { HelpHere } from "../frame/HelpHere";
import type { AuditEntry } from "../types";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the address asks for; a day that is none is no limit. */
function queryOf(search: string): TrailQuery {
  const given = new URLSearchParams(search);
  const day = (name: string) => (DAY.test(given.get(name) ?? "") ? given.get(name) : null);
  return { from: day("von"), to: day("bis"), reference: given.get("vorgang") };
}

export function TrailPage(): ReactNode {
  const t = useT();
  return (
    <Allowed page="trail">
      <Page title={t("staff.nav.trail")}>
        <HelpHere text="staff.here.trail" />
        <Trail />
      </Page>
    </Allowed>
  );
}

function Trail(): ReactNode {
  const t = useT();
  const query = queryOf(useSearch());
  const reading = usePages<AuditEntry, number>(["trail", query], (after, signal) => listTrail(query, after, signal));
  return (
    <>
      <Filter key={JSON.stringify(query)} query={query} />
      <p className="t3">
        <OutsideLink href={trailFile(query)}>{t("staff.trail.file")}</OutsideLink>
      </p>
      <Growing reading={reading} empty={t("staff.trail.none")}>
        {(entries) => <Entries entries={entries} />}
      </Growing>
    </>
  );
}

function Filter({ query }: { query: TrailQuery }): ReactNode {
  const t = useT();
  const [, navigate] = useLocation();
  const [from, setFrom] = useState(query.from ?? "");
  const [to, setTo] = useState(query.to ?? "");
  const [reference, setReference] = useState(query.reference ?? "");
  const [judged, setJudged] = useState(false);
  const fault = (day: string) => (judged && !isDayOrEmpty(day) ? t("staff.day.error") : undefined);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    const faulty = [!isDayOrEmpty(from) && "von", !isDayOrEmpty(to) && "bis"].find(Boolean);
    if (faulty) return document.getElementById(faulty)?.focus();
    const number = inGroups(normaliseCode(reference)).join("-");
    const words = Object.entries({ von: from, bis: to, vorgang: number }).filter(([, value]) => value);
    return navigate(words.length > 0 ? `/protokoll?${new URLSearchParams(words).toString()}` : "/protokoll");
  };
  return (
    <form className={styles["toolbar"]} onSubmit={send} aria-label={t("staff.trail.filter")}>
      <DayField id="von" label={t("staff.trail.from")} value={from} onChange={setFrom} error={fault(from)} />
      <DayField id="bis" label={t("staff.trail.to")} value={to} onChange={setTo} error={fault(to)} />
      <Field
        id="vorgang"
        label={t("staff.list.column.case")}
        maxLength={20}
        value={reference}
        onChange={({ target }) => setReference(target.value)}
      />
      <div className={styles["send"]}>
        <Button type="submit">{t("staff.filter.submit")}</Button>
        <TextLink href="/protokoll">{t("staff.filter.reset")}</TextLink>
      </div>
    </form>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const caption = t("staff.trail.caption");
  return (
    <Region label={caption} className={styles["region"]}>
      <table className={styles["table"]}>
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("staff.trail.when")}</th>
            <th scope="col">{t("staff.trail.who")}</th>
            <th scope="col">{t("staff.trail.what")}</th>
            <th scope="col">{t("staff.list.column.case")}</th>
            <th scope="col">{t("staff.trail.why")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="nowrap">
                {format.numericDate(entry.at)}, {format.time(entry.at)}
              </td>
              <td>
                <Who entry={entry} />
              </td>
              <td>{actionText(entry.action, t)}</td>
              <td className="nowrap">
                {entry.reference && (
                  <Link href={`/vorgang/${entry.reference}`}>
                    <bdi>{entry.reference}</bdi>
                  </Link>
                )}
              </td>
              <td>{entry.reason && <bdi>{entry.reason}</bdi>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Region>
  );
}

const ACTORS = {
  staff: "staff.trail.actor.staff",
  citizen: "staff.trail.actor.citizen",
  guest: "staff.trail.actor.guest",
} as const;

function Who({ entry: { actor_kind, actor_name, roles } }: { entry: AuditEntry }): ReactNode {
  const t = useT();
  const kind = Object.hasOwn(ACTORS, actor_kind)
    ? ACTORS[actor_kind as keyof typeof ACTORS]
    : "staff.trail.actor.system";
  return (
    <>
      {actor_name ? <bdi>{actor_name}</bdi> : t(kind)}
      {roles.length > 0 && <small>{roles.map((role) => roleText(role, t)).join(", ")}</small>}
    </>
  );
}
