/** Before an application begins: what one needs, what it costs, how to sign in, and every other way. */
import { useState, type ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { problemText } from "../../../api/problemText";
import { reaches, signInLevel, useSession, useSessionUpdate, type Wanted } from "../../../api/session";
import { usePortal } from "../../../api/portal";
import { useAction } from "../../../api/useAction";
import type { Session } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { T, useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { Button, ButtonLink, TextLink } from "../../../ui/Button";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Facts, type Fact } from "../../../ui/Facts";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Page } from "../../../ui/Page";
import { PhoneLink } from "../../../ui/PhoneLink";
import { Ready } from "../../../ui/Ready";
import { Ticks } from "../../../ui/Ticks";
import { createDraft } from "../api";
import type { Form } from "../engine/form";
import { SignInBox } from "../filling/SignInBox";
import { useCostText } from "../filling/useCostText";
import { pageAddress } from "../model";
import { APPLICATION_ERRORS } from "../problems";
import { useDrafts, useForm, usePowers } from "../queries";
import { useWords, type Words } from "../text";

export function StartPage(): ReactNode {
  const { service = "" } = useParams<{ service: string }>();
  return <Ready reading={useForm(service, null)}>{(form) => <Start form={form} />}</Ready>;
}

function Start({ form }: { form: Form }): ReactNode {
  const t = useT();
  const format = useFormat();
  const words = useWords(form);
  const title = words.get("service.title");
  const lead = words.find("service.lead");
  const action = useAction();
  const refusal = action.problem ? problemText(action.problem, t, format, APPLICATION_ERRORS) : "";
  return (
    <Page
      title={title.text}
      heading={<LocalizedText text={title} />}
      lead={lead && <LocalizedText text={lead} />}
      aside={<AtAGlance form={form} />}
      asideFirst
      faulty={refusal !== ""}
      before={refusal && <ErrorSummary attempt={action.attempt} faults={[{ text: refusal }]} />}
    >
      <Needs words={words} />
      <Ready reading={useSession()}>{(session) => <Begin form={form} session={session} action={action} />}</Ready>
      <OtherWays form={form} />
    </Page>
  );
}

function Needs({ words }: { words: Words }): ReactNode {
  const t = useT();
  const needs = Array.from({ length: 20 }, (_, place) => words.find(`service.need.${String(place + 1)}`));
  const items = needs.flatMap((text) => (text ? [{ key: text.text, text: <LocalizedText text={text} /> }] : []));
  if (items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="needs">
      <h2 id="needs">{t("applications.start.needs")}</h2>
      <Ticks className="t4" items={items} />
    </section>
  );
}

function AtAGlance({ form }: { form: Form }): ReactNode {
  const t = useT();
  const { trust_level: level, promise_days: days } = form.facts;
  const cost = useCostText(form);
  const facts: (Fact | null)[] = [
    { key: "cost", label: t("applications.start.cost"), value: cost },
    { key: "level", label: t("applications.start.level"), value: t(`applications.start.level.${level}`) },
    days === null
      ? null
      : {
          key: "promise",
          label: t("applications.start.promise"),
          value: t("applications.start.promise.days", { count: days }),
        },
  ];
  return (
    <Aside title={t("applications.start.glance")}>
      <Facts items={facts.filter((fact) => fact !== null)} />
    </Aside>
  );
}

interface BeginProps {
  form: Form;
  session: Session;
  action: ReturnType<typeof useAction>;
}

/** Begin at once, sign in first, or go on with what was begun. */
function Begin({ form, session, action }: BeginProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const update = useSessionUpdate();
  const [behalf, setBehalf] = useState<string | null>(null);
  const level = form.facts.trust_level;
  const wanted: Wanted = {
    level: signInLevel(level),
    to: { page: "form_start", params: { service: form.slug } },
    path: null,
  };
  const mayFill = session.signed_in || level === "none";
  const start = () =>
    void action.run(async () => {
      const draft = await createDraft(form.slug, language, behalf);
      if (session.kind === null) await update();
      navigate(pageAddress(form.slug, draft.draft_id));
    });
  if (!mayFill) {
    return (
      <section className="section">
        <p>{t("applications.start.saved")}</p>
        <SignInBox wanted={wanted}>{t("applications.start.sign_in")}</SignInBox>
      </section>
    );
  }
  return (
    <section className="section">
      <GoingOn form={form} enabled={session.kind !== null} />
      {form.facts.representation && session.signed_in && <ForWhom form={form} chosen={behalf} onChoose={setBehalf} />}
      <p className="t4">{t("applications.start.saved")}</p>
      {session.level !== null && !reaches(session.level, level) && <p className="t3">{t("applications.start.low")}</p>}
      <div className="actions">
        <Button busy={action.busy} onClick={start}>
          {t("applications.start.begin")}
        </Button>
      </div>
      {!session.signed_in && (
        <>
          <p className="t6">{t("applications.start.or_account")}</p>
          <SignInBox look="second" wanted={wanted}>
            {t("applications.start.sign_in")}
          </SignInBox>
        </>
      )}
    </section>
  );
}

function GoingOn({ form, enabled }: { form: Form; enabled: boolean }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data = [] } = useDrafts(enabled);
  const own = data.filter(({ service }) => service === form.slug);
  if (own.length === 0) return null;
  return (
    <div className="flow">
      <h2 className="h3">{t("applications.start.going_on")}</h2>
      {own.map(({ draft_id, touched_at }) => (
        <p key={draft_id}>
          <TextLink href={pageAddress(form.slug, draft_id)}>
            {t("applications.start.continue", { time: format.moment(touched_at) })}
          </TextLink>
        </p>
      ))}
    </div>
  );
}

interface ForWhomProps {
  form: Form;
  chosen: string | null;
  onChoose: (power: string | null) => void;
}

/** Only asked of people who hold a power of attorney for this service. */
function ForWhom({ form, chosen, onChoose }: ForWhomProps): ReactNode {
  const t = useT();
  const { data = [] } = usePowers(true);
  const held = data.filter(
    ({ role, state, services }) =>
      role === "held" && state === "accepted" && (services === null || services.includes(form.slug)),
  );
  if (held.length === 0) return null;
  return (
    <ChoiceGroup legend={t("applications.start.for")} look="tight">
      <Choice type="radio" look="plain" name="for" checked={chosen === null} onChange={() => onChoose(null)}>
        {t("applications.start.for.me")}
      </Choice>
      {held.map(({ power_id, other }) => (
        <Choice
          key={power_id}
          type="radio"
          look="plain"
          name="for"
          checked={chosen === power_id}
          onChange={() => onChoose(power_id)}
        >
          <T id="applications.start.for.other" values={{ name: <bdi>{other ?? ""}</bdi> }} />
        </Choice>
      ))}
    </ChoiceGroup>
  );
}

function OtherWays({ form }: { form: Form }): ReactNode {
  const t = useT();
  const phone = usePortal()?.phone_help ?? "115";
  const { appointment_service: visit, service } = form.facts;
  return (
    <section className="section" aria-labelledby="ways">
      <h2 id="ways">{t("applications.start.ways")}</h2>
      {visit && (
        <>
          <p>{t("applications.start.ways.visit")}</p>
          <div className="actions">
            <ButtonLink look="second" href={`/buchen/leistungen?service=${visit}:1`}>
              {t("applications.start.ways.book")}
            </ButtonLink>
          </div>
        </>
      )}
      {service && (
        <p className="t4">
          <TextLink href={`/leistungen/${service}`}>{t("applications.start.ways.service")}</TextLink>
        </p>
      )}
      <p>
        <T id="applications.start.ways.phone" values={{ phone: <PhoneLink number={phone} /> }} />
      </p>
    </section>
  );
}
