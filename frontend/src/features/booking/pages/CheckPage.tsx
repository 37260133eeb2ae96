/** Step 5: everything once more, then the binding step. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useAction } from "../../../api/useAction";
import { toProblem } from "../../../api/problem";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Button, TextButton, TextLink } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Rows, type Row } from "../../../ui/Rows";
import { HoldBox } from "../components/HoldBox";
import { HoldGate } from "../components/HoldGate";
import { ProofStep } from "../components/ProofStep";
import { Names, OfficeName, Street } from "../components/ServiceName";
import { useSlotText } from "../components/slotText";
import { useStep } from "../components/useStep";
import { WhatToBring } from "../components/WhatToBring";
import { lookOver } from "../fields";
import { abandon, book, needsOtherTime } from "../holding";
import { commonOffices, persons, stepAddress, STEP_PATH } from "../model";
import { problemText } from "../problems";
import { useServices } from "../queries";
import { loadDraft, saveDraft, type Draft, type Typed } from "../storage";
import type { Hold, OfficeSummary, Service } from "../types";

/** Refusals of the hold, not of what was typed: another time is needed. */
const OTHER_TIME = new Set(["slot_taken", "in_the_past", "too_soon", "too_far"]);

export function CheckPage(): ReactNode {
  const t = useT();
  return (
    <HoldGate step="check" title={t("booking.check.title")}>
      {(draft, hold, service) => <Check draft={draft} hold={hold} service={service} />}
    </HoldGate>
  );
}

interface Props {
  draft: Draft;
  hold: Hold;
  service: string;
}

function Check({ draft, hold, service }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const step = useStep("check");
  const [, navigate] = useLocation();
  const { busy, problem, attempt, run } = useAction();
  const slugs = draft.selection.services.map(({ service }) => service);
  const office = useHeldOffice(draft, hold);
  const submit = (proof: string | null) =>
    void run(async () => {
      const faults = lookOver(loadDraft().typed);
      if (faults.length > 0) {
        saveDraft({ faults });
        navigate(STEP_PATH.data);
        return;
      }
      try {
        await book(language, proof);
        navigate(STEP_PATH.done, { replace: true });
      } catch (error) {
        const { code } = toProblem(error);
        if (loadDraft().faults.length > 0) navigate(STEP_PATH.data);
        else if (OTHER_TIME.has(code) && needsOtherTime(error)) navigate(stepAddress("time", draft.selection));
        else throw error;
      }
    });
  const leave = () => {
    void abandon();
    navigate("/");
  };
  const proof = problem?.code === "proof_required" ? problem : null;
  const refusal = problem && !proof && problem.code !== "hold_expired" ? problemText(problem, t, format) : "";
  return (
    <Page
      title={t("booking.check.title")}
      lead={t("booking.check.lead")}
      step={step}
      service={service}
      faulty={refusal !== ""}
      back={{ href: STEP_PATH.data, text: t("booking.back") }}
      before={refusal && <ErrorSummary attempt={attempt} faults={[{ text: refusal }]} />}
      aside={<HoldBox hold={hold} skew={draft.skew} />}
      asideFirst
    >
      <h2 className="section">{t("booking.check.appointment")}</h2>
      <AppointmentRows draft={draft} hold={hold} />
      <h2 className="t7">{t("booking.check.you")}</h2>
      <PersonRows typed={draft.typed} />
      <WhatToBring services={slugs} authority={office?.authority} />
      <Note kind="warn" className="t7">
        <p>{t("booking.check.warning")}</p>
      </Note>
      <p className="t4">
        <TextLink href="/datenschutz">{t("booking.data.privacy")}</TextLink>
      </p>
      {proof && <ProofStep problem={proof} busy={busy} onSolved={submit} />}
      {!proof && (
        <div className="actions">
          <Button busy={busy} onClick={() => submit(null)}>
            {t("booking.check.submit")}
          </Button>
          <TextButton onClick={leave}>{t("booking.check.abort")}</TextButton>
        </div>
      )}
    </Page>
  );
}

function useChosenServices({ selection }: Draft): Service[] {
  const { data = [] } = useServices(selection.services.map(({ service }) => service));
  return data.filter((service) => service !== null);
}

function useHeldOffice(draft: Draft, hold: Hold): OfficeSummary | undefined {
  return commonOffices(useChosenServices(draft)).find(({ slug }) => slug === hold.office);
}

function AppointmentRows({ draft, hold }: { draft: Draft; hold: Hold }): ReactNode {
  const t = useT();
  const format = useFormat();
  const text = useSlotText();
  const { selection } = draft;
  const services = useChosenServices(draft);
  const office = useHeldOffice(draft, hold);
  const minutes = Math.round((Date.parse(hold.ends_at) - Date.parse(hold.starts_at)) / 60_000);
  const rows: Row[] = [
    {
      key: "services",
      label: t("booking.row.services"),
      value: <Names names={services.map(({ name }) => name)} />,
      more: t("booking.pair", {
        first: t("booking.persons", { count: persons(selection.services) }),
        second: t("booking.about", { duration: format.duration(minutes) }),
      }),
      change: stepAddress("services", selection),
    },
    {
      key: "place",
      label: t("booking.row.place"),
      value: office && <OfficeName office={office} />,
      more: office && <Street address={office.address} />,
      change: stepAddress("places", selection),
    },
    {
      key: "time",
      label: t("booking.row.time"),
      value: <b>{text.moment(hold.starts_at)}</b>,
      change: stepAddress("time", selection),
    },
    {
      key: "needs",
      label: t("booking.row.needs"),
      value:
        selection.needs.length > 0
          ? format.list(selection.needs.map((need) => t(`booking.need.${need}`)))
          : t("booking.row.needs.none"),
      change: stepAddress("places", selection),
    },
  ];
  return <Rows items={rows} />;
}

function PersonRows({ typed }: { typed: Typed }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const chosen = typed.language ?? language;
  const name = typed.oneName ? typed.familyName : `${typed.givenName} ${typed.familyName}`;
  const change = STEP_PATH.data;
  const rows: Row[] = [
    { key: "name", label: t("booking.row.name"), value: <bdi>{name}</bdi>, change },
    { key: "email", label: t("booking.row.email"), value: <bdi>{typed.email}</bdi>, change },
    ...(typed.mobile
      ? [{ key: "mobile", label: t("booking.row.mobile"), value: <bdi dir="ltr">{typed.mobile}</bdi>, change }]
      : []),
    {
      key: "language",
      label: t("booking.row.language"),
      value: <span lang={chosen === "de-simple" ? "de" : chosen}>{LANGUAGE_FACTS[chosen].name}</span>,
      change,
    },
  ];
  return <Rows items={rows} />;
}
