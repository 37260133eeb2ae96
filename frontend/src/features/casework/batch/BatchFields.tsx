/** The fields of one act on several cases. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { Field, SelectField } from "../../../ui/Field";
import { Loading } from "../../../ui/Loading";
import { useTextBlocks } from "../case/acting/blocks";
import { useColleagues } from "../colleagues";
import { ErrorPart } from "../desk/ErrorPart";
import { DayField } from "../frame/DayField";
import { useProfile } from "../queries";
import type { CaseLine } from "../types";
import { BatchPlaces } from "./BatchPlaces";
import { BatchWording } from "./BatchWording";
import { oneService, OUTCOMES, type Action, type Chosen, type Missing } from "./model";
import { useScope } from "./queries";

interface Props {
  action: Action;
  lines: readonly CaseLine[];
  chosen: Chosen;
  change: (part: Partial<Chosen>) => void;
  missing: Missing | null;
}

export function BatchFields(props: Props): ReactNode {
  const { action } = props;
  if (action === "assign") return <AssignFields {...props} />;
  if (action === "label") return <LabelFields {...props} />;
  return action === "request" ? <RequestFields {...props} /> : <DecideFields {...props} />;
}

function AssignFields({ chosen, change }: Props): ReactNode {
  const t = useT();
  const { data: me } = useProfile();
  const others = useColleagues().filter(({ id }) => id !== me?.account);
  return (
    <SelectField
      id="stapel-person"
      label={t("staff.batch.assignee")}
      value={chosen.assignee}
      onChange={({ target }) => change({ assignee: target.value })}
    >
      <option value="">{t("staff.list.nobody")}</option>
      {me && <option value={me.account}>{t("staff.filter.assigned.me")}</option>}
      {me?.can["case.teams"] &&
        others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </SelectField>
  );
}

function LabelFields({ chosen, change, missing }: Props): ReactNode {
  const t = useT();
  return (
    <>
      <Field
        id="stapel-dazu"
        label={t("staff.batch.add")}
        hint={t("staff.batch.labels_hint")}
        value={chosen.add}
        onChange={({ target }) => change({ add: target.value })}
        error={missing === "label" ? t("staff.batch.missing.label") : undefined}
      />
      <Field
        id="stapel-weg"
        label={t("staff.batch.remove")}
        value={chosen.remove}
        onChange={({ target }) => change({ remove: target.value })}
      />
    </>
  );
}

/** The forms of the cases name what can be asked for; all of them are of the same service. */
function RequestFields({ lines, chosen, change, missing }: Props): ReactNode {
  const t = useT();
  const { data: scope, error, refetch } = useScope(lines);
  const blocks = useTextBlocks(oneService(lines) ?? "", "request");
  if (!scope) return error ? <ErrorPart error={error} retry={() => void refetch()} /> : <Loading />;
  return (
    <>
      <BatchPlaces scope={scope} total={lines.length} chosen={chosen} change={change} missing={missing} />
      <BatchWording blocks={blocks} scope={scope} chosen={chosen} change={change} missing={missing} />
      <DayField
        id="stapel-frist"
        label={t("staff.batch.due")}
        value={chosen.due_on}
        onChange={(due_on) => change({ due_on })}
        error={missing === "due" ? t("staff.batch.missing.due") : undefined}
      />
    </>
  );
}

function DecideFields({ lines, chosen, change, missing }: Props): ReactNode {
  const t = useT();
  const { data: scope, error, refetch } = useScope(lines);
  const blocks = useTextBlocks(oneService(lines) ?? "", "decision", chosen.outcome || null);
  return (
    <>
      <ChoiceGroup
        legend={t("staff.batch.outcome")}
        look="tight"
        error={missing === "outcome" ? t("staff.batch.missing.outcome") : undefined}
      >
        {OUTCOMES.map((outcome) => (
          <Choice
            key={outcome}
            type="radio"
            look="plain"
            name="stapel-ausgang"
            checked={chosen.outcome === outcome}
            onChange={() => change({ outcome, blocks: [] })}
          >
            {t(`staff.batch.outcome.${outcome}`)}
          </Choice>
        ))}
      </ChoiceGroup>
      {chosen.outcome && (
        <BatchWording blocks={blocks} scope={scope} chosen={chosen} change={change} missing={missing} />
      )}
      {!scope && error && <ErrorPart error={error} retry={() => void refetch()} />}
    </>
  );
}
