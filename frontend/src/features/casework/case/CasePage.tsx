/** One case: answers beside their evidence, what happened and was written, and at the side what comes next. */
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useParams, useSearch } from "wouter";
import { useT } from "../../../i18n/text";
import { rescueFocus } from "../../../lib/navigation";
import { BackLink } from "../../../ui/BackLink";
import { ButtonLink } from "../../../ui/Button";
import { ErrorPage } from "../../../ui/ErrorPage";
import { Loading } from "../../../ui/Loading";
import { Page, WindowTitle } from "../../../ui/Page";
import type { Why } from "../api";
import { useCase, useCaseUpdate, useStaffSession } from "../queries";
import type { Case } from "../types";
import { Acting } from "./acting/Acting";
import { Answers } from "./reading/Answers";
import styles from "./reading/case.module.css";
import { Messages, Notes } from "./reading/Dialogue";
import { Head, useCaseTitle } from "./reading/Head";
import { Jumps } from "./reading/Jumps";
import { Labels } from "./reading/Labels";
import { Letters } from "./reading/Letters";
import { Log } from "./reading/Log";
import { Notices } from "./reading/Notices";
import { Opening } from "./reading/Opening";
import { Opinions } from "./reading/Opinions";
import { Related } from "./reading/Related";
import { Requests } from "./reading/Requests";
import { Rules } from "./reading/Rules";
import { Trail } from "./reading/Trail";
import { usePresence } from "./reading/usePresence";
import { Versions } from "./reading/Versions";

export function CasePage(): ReactNode {
  const { reference = "" } = useParams();
  const sought = new URLSearchParams(useSearch()).get("von") === "suche";
  const [why, setWhy] = useState<Why | null>(null);
  const { data: session } = useStaffSession();
  const usual = session?.roles.every((role) => role === "auditor") ? "oversight" : "work";
  const chosen = why ?? (sought ? null : usual);
  if (chosen === null) return <Opening reference={reference} onOpen={setWhy} />;
  return <Opened key={reference} reference={reference} why={chosen} />;
}

function Opened({ reference, why }: { reference: string; why: Why }): ReactNode {
  const { data, error, refetch } = useCase(reference, why);
  if (data) return <Shown item={data} again={refetch} />;
  if (error?.status === 404) return <NotHere />;
  return error ? <ErrorPage error={error} retry={() => void refetch()} /> : <Loading />;
}

function NotHere(): ReactNode {
  const t = useT();
  return (
    <Page title={t("staff.case.missing.title")} lead={t("staff.case.missing")}>
      <div className="actions">
        <ButtonLink href="/">{t("staff.case.back")}</ButtonLink>
      </div>
    </Page>
  );
}

function Shown({ item, again }: { item: Case; again: () => Promise<unknown> }): ReactNode {
  const t = useT();
  const { reference } = item.line;
  const put = useCaseUpdate(reference);
  const [known, setKnown] = useState(item.revision);
  const heard = usePresence(item);
  const title = useCaseTitle(item);
  const onDone = useCallback(
    (next: Case) => {
      setKnown(next.revision);
      put(next);
    },
    [put],
  );
  useEffect(() => {
    // What was pressed may be gone with the act it did.
    rescueFocus();
  }, [item, known]);
  const acts = { item, onDone };
  return (
    <div className="wrap">
      <WindowTitle title={t("staff.case.window", { title, reference })} />
      <BackLink href="/">{t("staff.case.back")}</BackLink>
      <Head item={item} />
      <Jumps />
      <Notices
        item={item}
        heard={heard}
        known={known}
        onShow={() => void again()}
        onRead={() => setKnown(item.revision)}
      />
      <div className={styles["desk"]}>
        <div>
          <Answers item={item} place={`staff.${reference}`} />
          <Rules item={item} />
          <Versions item={item} />
          <Messages item={item} />
          <Notes item={item} />
        </div>
        <div className={styles["side"]}>
          <div className="noprint">
            <Acting {...acts} />
          </div>
          <Log item={item} />
          <Requests item={item} />
          <Opinions item={item} />
          <Letters item={item} />
          <Labels {...acts} />
          <Related item={item} />
          <Trail reference={reference} />
        </div>
      </div>
    </div>
  );
}
