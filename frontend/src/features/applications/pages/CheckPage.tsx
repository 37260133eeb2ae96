/** Everything once more with its ways back, what it costs and means, then the binding step. */
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { problemText } from "../../../api/problemText";
import { signInLevel, useSession } from "../../../api/session";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { Button, ButtonLink, TextLink } from "../../../ui/Button";
import { Choice } from "../../../ui/Choice";
import { ErrorSummary, type Fault } from "../../../ui/ErrorSummary";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { Ticks } from "../../../ui/Ticks";
import { visiblePages } from "../engine/visibility";
import { Answers } from "../filling/Answers";
import { DraftGate, type Opened } from "../filling/DraftGate";
import { FeeBox } from "../filling/FeeBox";
import { ResumeLink } from "../filling/ResumeLink";
import { SignInBox } from "../filling/SignInBox";
import { useSubmit } from "../filling/useSubmit";
import { bookingAddress, pageAddress, visitAsked, withFiles } from "../model";
import { APPLICATION_ERRORS } from "../problems";
import { useCheck, useDraft } from "../queries";
import type { Check } from "../types";
import { FROM_CHECK } from "./FormPage";

export function CheckPage(): ReactNode {
  return <DraftGate>{(opened) => <Checked opened={opened} />}</DraftGate>;
}

function Checked({ opened }: { opened: Opened }): ReactNode {
  const reading = useCheck(opened.draft.draft_id, opened.draft.revision);
  return (
    <Ready reading={reading}>
      {(check) => <Shown opened={opened} check={check} again={() => reading.refetch()} />}
    </Ready>
  );
}

interface Props {
  opened: Opened;
  check: Check;
}

/** A link to the page of each fault: from the check page every answer is changed where it was asked. */
function useFaultLines({ form, draft, words }: Opened, check: Check): Fault[] {
  const views = visiblePages(form, withFiles(draft.answers, draft.attachments));
  return check.errors.map((error) => {
    const view = views.find(({ fields }) =>
      fields.some((field) => error.pointer === field || error.pointer.startsWith(`${field}/`)),
    );
    const text = words.error(error);
    if (!view) return { text };
    const href = `${pageAddress(draft.service, draft.draft_id, view.key)}?${FROM_CHECK}`;
    return { text: <Link href={href}>{text}</Link> };
  });
}

function Shown({ opened, check, again }: Props & { again: () => Promise<unknown> }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { form, draft, words, service } = opened;
  const guest = useSession().data?.kind === "guest";
  const { refetch } = useDraft(draft.draft_id);
  const submit = useSubmit(draft, async () => {
    await refetch();
    await again();
  });
  const [electronic, setElectronic] = useState(check.electronic_delivery);
  const base = pageAddress(draft.service, draft.draft_id);
  const views = visiblePages(form, withFiles(draft.answers, draft.attachments));
  const lines = useFaultLines(opened, check);
  const refusal = submit.problem ? problemText(submit.problem, t, format, APPLICATION_ERRORS) : "";
  const faults = refusal ? [{ text: refusal }, ...lines] : lines;
  const last = views.at(-1);
  return (
    <Page
      title={t("applications.check.title")}
      lead={t("applications.check.lead")}
      step={{ now: views.length + 1, total: views.length + 1, name: t("applications.check.step") }}
      service={service}
      faulty={faults.length > 0}
      back={{ href: last ? `${base}/${last.key}` : base, text: t("applications.page.back") }}
      before={faults.length > 0 && <ErrorSummary attempt={submit.attempt} faults={faults} />}
    >
      <Answers
        form={form}
        words={words}
        answers={draft.answers}
        files={draft.attachments}
        changeAt={(page) => `${base}/${page}?${FROM_CHECK}`}
        locked={new Set(draft.prefilled.filter((place) => place.locked).map(({ pointer }) => pointer))}
      />
      {check.eligibility.eligible ? (
        <>
          {check.errors.length > 0 ? <p className="t6">{t("applications.check.open")}</p> : <Meaning check={check} />}
          {check.acts.includes("send") && (
            <>
              {guest && <Reach opened={opened} />}
              {form.facts.electronic_delivery && !guest && (
                <div className="t6">
                  <Choice
                    type="checkbox"
                    look="plain"
                    name="electronic"
                    checked={electronic}
                    onChange={() => setElectronic(!electronic)}
                    more={t("applications.check.delivery.more")}
                  >
                    {t("applications.check.delivery")}
                  </Choice>
                </div>
              )}
              <Note kind="warn" className="t6">
                <p>{t("applications.check.warning", { minutes: form.facts.undo_minutes })}</p>
              </Note>
              <p className="t4">
                <TextLink href="/datenschutz">{t("applications.check.privacy")}</TextLink>
              </p>
              <div className="actions">
                <Button busy={submit.busy} onClick={() => submit.start(check, electronic)}>
                  {t("applications.check.submit")}
                </Button>
                <TextLink href={base}>{t("applications.page.tasks")}</TextLink>
              </div>
            </>
          )}
          {check.acts.includes("step_up") && <StepUp opened={opened} check={check} />}
          {check.acts.includes("hand_to_person") && (
            <Note className="t6">
              <p>{t("applications.check.hand_over")}</p>
              <p>
                <TextLink href="/konto">{t("account.back")}</TextLink>
              </p>
            </Note>
          )}
        </>
      ) : (
        <OtherWay opened={opened} check={check} />
      )}
    </Page>
  );
}

/** Without an account: where news are written to, asked for before it is too late. */
function Reach({ opened }: { opened: Opened }): ReactNode {
  const { draft } = opened;
  const t = useT();
  if (draft.email === null) {
    return (
      <ResumeLink draft={draft}>
        <p>{t("applications.check.reach.none")}</p>
      </ResumeLink>
    );
  }
  return (
    <section aria-labelledby="reach" className="t7">
      <h2 id="reach" className="h3">
        {t("applications.check.reach")}
      </h2>
      <p>
        <T id="applications.check.reach.email" values={{ email: <bdi dir="ltr">{draft.email}</bdi> }} />
      </p>
    </section>
  );
}

const isPayTime = (when: string): when is "before_review" | "with_decision" =>
  when === "before_review" || when === "with_decision";

/** Cost, who works on it, and whether a visit follows. */
function Meaning({ check }: { check: Check }): ReactNode {
  const t = useT();
  const { fee, route, visit, payment } = check;
  const owed = fee.unknown || (fee.cents ?? 0) > 0;
  const when = owed && isPayTime(payment.when) ? payment.when : "none";
  return (
    <>
      <section aria-labelledby="cost" className="t7">
        <h2 id="cost" className="h3">
          {t("applications.check.cost")}
        </h2>
        {fee.lines.length > 0 && <FeeBox fee={fee} />}
        <p className="t3">{t(`applications.check.pay.${when}`)}</p>
      </section>
      {route.text && (
        <section aria-labelledby="office" className="t7">
          <h2 id="office" className="h3">
            {t("applications.check.office")}
          </h2>
          <p>
            <LocalizedText text={route.text} as="block" />
          </p>
        </section>
      )}
      {visit && visitAsked(check) && (
        <Note className="t6">
          <h2 className="h3">{t("applications.check.visit.title")}</h2>
          <p>{t("applications.check.visit")}</p>
          <Ticks
            className="t3"
            items={visit.documents.map((text) => ({ key: text.text, text: <LocalizedText text={text} /> }))}
          />
        </Note>
      )}
    </>
  );
}

/** The level is too low: a better proof, or an appointment with the same answers, on this page. */
function StepUp({ opened, check }: Props): ReactNode {
  const t = useT();
  const { draft } = opened;
  const required = signInLevel(check.level.required);
  const path = pageAddress(draft.service, draft.draft_id, "pruefen");
  return (
    <Note kind="warn" className="t6">
      <p>
        {t("applications.check.step_up", {
          level: t(`applications.start.level.${required}`),
        })}
      </p>
      <SignInBox
        stepUp
        wanted={{
          level: required,
          to: { page: "draft", params: { service: draft.service, draft: draft.draft_id } },
          path,
        }}
      >
        {t("applications.start.step_up")}
      </SignInBox>
      {check.visit && (
        <>
          <p className="t4">{t("applications.check.step_up.other")}</p>
          <p>
            <TextLink href={bookingAddress(check.visit)}>{t("applications.start.ways.book")}</TextLink>
          </p>
        </>
      )}
    </Note>
  );
}

/** The rules say no: why, and the way on, on this page. */
function OtherWay({ opened, check }: Props): ReactNode {
  const t = useT();
  const { text, way } = check.eligibility;
  const { visit } = check;
  const { service } = opened.form.facts;
  return (
    <Note kind="warn" className="t6">
      <h2 className="h3">{t("applications.check.not_eligible")}</h2>
      {text && (
        <p>
          <LocalizedText text={text} as="block" />
        </p>
      )}
      {(way === "appointment" || way === "post") && <p>{t(`applications.check.way.${way}`)}</p>}
      <p>{t("applications.check.way.phone")}</p>
      <div className="actions">
        {way === "appointment" && visit && (
          <ButtonLink href={bookingAddress(visit)}>{t("applications.start.ways.book")}</ButtonLink>
        )}
        {service && <TextLink href={`/leistungen/${service}`}>{t("applications.start.ways.service")}</TextLink>}
      </div>
    </Note>
  );
}
