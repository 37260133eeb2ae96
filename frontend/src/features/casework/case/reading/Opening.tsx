/** Coming from the search somebody says why the case is opened; from the work list it is work. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import { Page } from "../../../../ui/Page";
import type { Why } from "../../api";

const REASONS = ["work", "question", "approval", "oversight"] as const satisfies readonly Why[];

export function Opening({ reference, onOpen }: { reference: string; onOpen: (why: Why) => void }): ReactNode {
  const t = useT();
  const [why, setWhy] = useState<Why>("work");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onOpen(why);
  };
  return (
    <Page
      title={t("staff.case.why.title")}
      lead={<bdi className="nums">{reference}</bdi>}
      back={{ href: "/", text: t("staff.case.back") }}
    >
      <form onSubmit={submit} className="t5">
        <ChoiceGroup legend={t("staff.case.why.legend")} hint={t("staff.case.why.lead")}>
          {REASONS.map((each) => (
            <Choice
              key={each}
              type="radio"
              name="why"
              value={each}
              checked={why === each}
              onChange={() => setWhy(each)}
            >
              {t(`staff.case.why.${each}`)}
            </Choice>
          ))}
        </ChoiceGroup>
        <div className="actions">
          <Button type="submit">{t("staff.case.why.submit")}</Button>
        </div>
      </form>
    </Page>
  );
}
