/** Ask another office for its opinion: the question, a day, and which pages it may see. */
import type { FormEvent, ReactNode } from "react";
import { berlinDay } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import { askOpinion } from "./api";
import { isLater } from "./days";
import { DueField } from "./DueField";
import { dueOf, type Missing } from "./filling";
import { useKept } from "./kept";
import { LongText } from "./LongText";
import { useMyPlace } from "./me";
import { OfficeField } from "./OfficeField";
import { Refused } from "./Refused";
import { useAct, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";
import { toggled } from "./WordingFields";

interface Question {
  office: string;
  question: string;
  pages: readonly string[];
  span: string;
  day: string;
}

const NO_QUESTION: Question = { office: "", question: "", pages: [], span: "14", day: "" };
const CONTROLS = { choice: "opinion-office", text: "opinion-question", day: "opinion-day" };

function missingOf({ office, question }: Question, due: string, today: string): Missing[] {
  return [
    ...(office ? [] : [{ field: "choice", code: "office" } as const]),
    ...(question.trim() ? [] : [{ field: "text", code: "question" } as const]),
    ...(isLater(due, today) ? [] : [{ field: "day", code: "day" } as const]),
  ];
}

export function OpinionForm(acts: ActsOn): ReactNode {
  const { item } = acts;
  const t = useT();
  const { values, change, forget } = useKept(useMyPlace(item, "opinion"), NO_QUESTION);
  const act = useAct(acts);
  const faults = useFaults(CONTROLS, act);
  const today = berlinDay(new Date());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const due_on = dueOf(values, today);
    const missing = missingOf(values, due_on, today);
    faults.refuse(missing);
    if (missing.length > 0) return;
    const body = { office: values.office, question: values.question.trim(), due_on, pages: [...values.pages] };
    act.run((seen) => askOpinion(seen, body), t("staff.acting.opinion.done"), forget);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Refused problem={act.problem} faults={faults} />
      <OfficeField
        id="opinion-office"
        own={item.line.office}
        value={values.office}
        onChange={(office) => change({ office })}
        error={faults.at("choice")}
      />
      <LongText
        id="opinion-question"
        label={t("staff.acting.opinion.question")}
        error={faults.at("text")}
        value={values.question}
        onChange={(question) => change({ question })}
      />
      <ChoiceGroup legend={t("staff.acting.opinion.pages")} hint={t("staff.acting.opinion.pages.hint")} look="tight">
        {item.pages.map(({ page, title }) => (
          <Choice
            key={page}
            type="checkbox"
            look="plain"
            name="opinion-pages"
            value={page}
            checked={values.pages.includes(page)}
            onChange={(event) => change({ pages: toggled(values.pages, page, event.target.checked) })}
          >
            {title.text}
          </Choice>
        ))}
      </ChoiceGroup>
      <DueField id="opinion" values={values} change={change} today={today} error={faults.at("day")} />
      <div className="actions">
        <Button type="submit" look="second" busy={act.busy}>
          {t("staff.acting.opinion.submit")}
        </Button>
      </div>
    </form>
  );
}
