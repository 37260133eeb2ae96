/** The pages behind the choice of a time: only with a hold, and never again once the appointment is made. */
import type { ReactNode } from "react";
import { Redirect } from "wouter";
import { useT } from "../../../i18n/text";
import { ButtonLink } from "../../../ui/Button";
import { Page } from "../../../ui/Page";
import { STEP_PATH, stepAddress, type Step } from "../model";
import { useServices } from "../queries";
import type { Draft } from "../storage";
import type { Hold } from "../types";
import { useDraft } from "../useDraft";
import { useStep } from "./useStep";

interface Props {
  step: Step;
  title: string;
  /** Gets the draft, its hold and the name of the first service for the window's title. */
  children: (draft: Draft, hold: Hold, service: string) => ReactNode;
}

export function HoldGate({ step, title, children }: Props): ReactNode {
  const t = useT();
  const line = useStep(step);
  const draft = useDraft();
  const { data } = useServices(draft.selection.services.map(({ service }) => service));
  if (draft.booked) return <Redirect to={STEP_PATH.done} replace />;
  if (draft.hold) return children(draft, draft.hold, data?.[0]?.name.text ?? "");
  const chosen = draft.selection.services.length > 0;
  return (
    <Page title={title} step={line} lead={t("booking.data.no_hold")}>
      <div className="actions">
        <ButtonLink href={chosen ? stepAddress("time", draft.selection) : "/leistungen"}>
          {t(chosen ? "booking.data.choose_time" : "booking.services.find")}
        </ButtonLink>
      </div>
    </Page>
  );
}
