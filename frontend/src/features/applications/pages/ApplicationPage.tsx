/** One application after sending: whose turn it is, its way, messages, decisions, and everything one can do with it. */
import { useEffect, type ReactNode } from "react";
import { useSession } from "../../../api/session";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { rescueFocus } from "../../../lib/navigation";
import { ButtonLink, TextLink } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Ticks } from "../../../ui/Ticks";
import { Answers } from "../filling/Answers";
import { ApplicationGate } from "../following/ApplicationGate";
import styles from "../following/following.module.css";
import { KeepBox } from "../following/KeepBox";
import { Letters } from "../following/Letters";
import { Messages } from "../following/Messages";
import { PayBox } from "../following/PayBox";
import { PersonBox } from "../following/PersonBox";
import { PromiseBox } from "../following/PromiseBox";
import { RequestBox } from "../following/RequestBox";
import { SentBox } from "../following/SentBox";
import { Timeline } from "../following/Timeline";
import { Turn } from "../following/Turn";
import { ENDED } from "../following/words";
import { bookingAddress, pageAddress } from "../model";
import { useForm } from "../queries";
import { useWords } from "../text";
import type { Form } from "../engine/form";
import type { Application } from "../types";

/** News that the page before left in the history entry. */
function newsOf(state: unknown): "answered" | "withdrawn" | null {
  if (typeof state !== "object" || state === null || !("news" in state)) return null;
  return state.news === "answered" || state.news === "withdrawn" ? state.news : null;
}

const NEWS = {
  answered: "applications.request.sent",
  withdrawn: "applications.withdraw.done",
} as const;

export function ApplicationPage(): ReactNode {
  return <ApplicationGate>{(application, again) => <Shown application={application} again={again} />}</ApplicationGate>;
}

interface Props {
  application: Application;
}

function Shown({ application, again }: Props & { again: () => Promise<unknown> }): ReactNode {
  const t = useT();
  const { reference, title, state, can, fee } = application;
  const { data: form } = useForm(application.service, application.version);
  const news = newsOf(window.history.state);
  const guest = useSession().data?.kind === "guest";
  const sent = state === "submitted";
  useEffect(() => {
    // What was pressed may be gone with the step it took.
    rescueFocus();
  }, [application]);
  return (
    <Page
      title={sent ? t("applications.status.sent.title") : title.text}
      heading={sent ? undefined : <LocalizedText text={title} />}
      lead={<T id="applications.status.number" values={{ reference: <bdi className="nums">{reference}</bdi> }} />}
      service={title.text}
      {...(!guest && { back: { href: "/konto", text: t("applications.status.back") } })}
      aside={
        <PromiseBox status={application} fee={fee}>
          {can.withdraw && (
            <p className="t4">
              <TextLink href={`/antraege/${reference}/zuruecknehmen`}>{t("applications.status.withdraw")}</TextLink>
            </p>
          )}
        </PromiseBox>
      }
    >
      {news && (
        <Note kind="ok" className="t5">
          <p>{t(NEWS[news])}</p>
        </Note>
      )}
      {state === "draft" && application.draft_id && (
        <Note className="t5">
          <p>{t("applications.next.go_on")}</p>
          <p>
            <TextLink href={pageAddress(application.service, application.draft_id)}>
              {t("applications.tasks.go_on")}
            </TextLink>
          </p>
        </Note>
      )}
      {can.pay && fee.cents !== null && fee.cents > 0 && (
        <PayBox
          reference={reference}
          cents={fee.cents}
          counter={form?.facts.payment.counter ?? false}
          decided={ENDED.has(state)}
          again={again}
        />
      )}
      {application.requests
        .filter((request) => request.state === "open")
        .map((request) => (
          <RequestBox key={request.id} application={application} request={request} />
        ))}
      <VisitBox application={application} />
      {sent && <SentBox application={application} />}
      <Letters application={application} />
      <KeepBox reference={reference} />
      <PersonBox application={application} />
      <Timeline status={application} />
      <Messages application={application} />
      {form && <SentAnswers application={application} form={form} />}
    </Page>
  );
}

/** The rules ask for a visit: booking opens with the right service and knows what it belongs to. */
function VisitBox({ application }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { appointment, can } = application;
  if (!appointment) return null;
  const { visit, starts_at } = appointment;
  if (appointment.state === "booked") {
    return (
      <Note kind="ok" className="t5">
        <h2 className="h3">{t("applications.status.visit")}</h2>
        {starts_at && <p>{t("applications.status.visit.booked", { time: format.moment(starts_at) })}</p>}
        {appointment.reference && (
          <p>
            <TextLink href={`/termin/${appointment.reference}`}>{appointment.reference}</TextLink>
          </p>
        )}
      </Note>
    );
  }
  if (!can.book) return null;
  return (
    <Turn title={t("applications.check.visit.title")}>
      <p>{t("applications.status.visit.needed")}</p>
      <Ticks
        className="t3"
        items={visit.documents.map((text) => ({ key: text.text, text: <LocalizedText text={text} /> }))}
      />
      <div className="actions">
        <ButtonLink href={bookingAddress(visit)}>{t("applications.start.ways.book")}</ButtonLink>
      </div>
    </Turn>
  );
}

/** What was sent, in the version it was filled in; closed until somebody wants to see it. */
function SentAnswers({ application, form }: Props & { form: Form }): ReactNode {
  const t = useT();
  const words = useWords(form);
  return (
    <section className="section" aria-labelledby="answers">
      <h2 id="answers">{t("applications.status.answers")}</h2>
      <details className={styles["details"]}>
        <summary>{t("applications.status.answers.show")}</summary>
        <Answers
          form={form}
          words={words}
          answers={application.answers}
          files={application.attachments}
          changeAt={null}
        />
      </details>
    </section>
  );
}
