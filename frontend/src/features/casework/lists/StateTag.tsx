/** The state of a case as a tag: icon and word. */
import type { ReactNode } from "react";
import { useT, type MessageId } from "../../../i18n/text";
import type { IconName } from "../../../ui/Icon";
import { Tag } from "../../../ui/Tag";
import type { CaseLine } from "../types";

interface Look {
  text: Extract<MessageId, `staff.state.${string}`>;
  icon: IconName;
  kind?: "info" | "ok" | "warn";
}

const LOOKS: Readonly<Record<CaseLine["state"], Look>> = {
  draft: { text: "staff.state.draft", icon: "info" },
  submitted: { text: "staff.state.submitted", icon: "clock" },
  received: { text: "staff.state.received", icon: "letter" },
  in_review: { text: "staff.state.in_review", icon: "info", kind: "info" },
  waiting_for_citizen: { text: "staff.state.waiting_for_citizen", icon: "clock", kind: "warn" },
  decided_granted: { text: "staff.state.decided_granted", icon: "check", kind: "ok" },
  decided_partly: { text: "staff.state.decided_partly", icon: "check", kind: "ok" },
  decided_refused: { text: "staff.state.decided_refused", icon: "remove" },
  withdrawn: { text: "staff.state.withdrawn", icon: "back" },
  lapsed: { text: "staff.state.lapsed", icon: "clock" },
  closed: { text: "staff.state.closed", icon: "remove" },
};

export function StateTag({ line: { state, waiting_for } }: { line: CaseLine }): ReactNode {
  const t = useT();
  const { text, icon, kind } = LOOKS[state];
  if (waiting_for === "payment" && kind === "info") {
    return (
      <Tag kind="warn" icon="clock">
        {t("staff.state.waiting_for_payment")}
      </Tag>
    );
  }
  return (
    <Tag {...(kind && { kind })} icon={icon}>
      {t(text)}
    </Tag>
  );
}
