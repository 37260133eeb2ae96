/** The office asks for something: until when, the way to answer, more time by one press. */
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, ButtonLink } from "../../../ui/Button";
import { LocalizedText } from "../../../ui/LocalizedText";
import { extendRequest } from "../api";
import { APPLICATION_ERRORS } from "../problems";
import { useApplicationAction, useApplicationUpdate } from "../queries";
import type { Application, Request } from "../types";
import styles from "./following.module.css";
import { Turn } from "./Turn";

/** What the office wrote, each part marked where it is only there in German. */
export function Wording({ request }: { request: Request }): ReactNode {
  return request.parts.map((part, at) => (
    <p key={at} className={styles["text"]}>
      <LocalizedText text={part} as="block" />
    </p>
  ));
}

export function RequestBox({ application, request }: { application: Application; request: Request }): ReactNode {
  const t = useT();
  const format = useFormat();
  const update = useApplicationUpdate(application.reference);
  const { busy, problem, run } = useApplicationAction(application.reference);
  const more = () =>
    void run(async () => {
      const after = await extendRequest(application, request.id);
      await update(after);
      const due = after.requests.find(({ id }) => id === request.id)?.due_on;
      if (due) announce(t("applications.request.extended", { date: format.date(due) }));
    });
  const mayExtend = application.can.answer_request && request.extensions_left > 0;
  return (
    <Turn title={t("applications.request.title")}>
      <Wording request={request} />
      <p>
        <b>{t("applications.request.due", { date: format.date(request.grace_until ?? request.due_on) })}</b>
        {mayExtend && (
          <>
            <br />
            {t("applications.request.more")}
          </>
        )}
      </p>
      {problem && <p role="alert">{problemText(problem, t, format, APPLICATION_ERRORS)}</p>}
      {application.can.answer_request && (
        <div className="actions">
          <ButtonLink href={`/antraege/${application.reference}/nachreichen`}>
            {t("applications.request.answer")}
          </ButtonLink>
          {mayExtend && (
            <Button look="second" busy={busy} onClick={more}>
              {t("applications.request.extend")}
            </Button>
          )}
        </div>
      )}
    </Turn>
  );
}
