/** The fields of one act on several cases. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { Field, FieldFrame, FieldMessage, SelectField } from "../../../ui/Field";
import { Loading } from "../../../ui/Loading";
import { PlacesField } from "../case/acting/PlacesField";
import { useTextBlocks } from "../case/acting/blocks";
import { useColleagues } from "../colleagues";
import { DayField } from "../frame/DayField";
import { useCase, useProfile } from "../queries";
import type { CaseLine } from "../types";
import { oneService, OUTCOMES, type Action, type Chosen, type Missing } from "./model";

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

/** The form of the first chosen case names what can be asked for; all of them are of the same service. */
function RequestFields({ lines, chosen, change, missing }: Props): ReactNode {
  const t = useT();
  const { data: first } = useCase(lines[0]?.reference ?? "");
  const blocks = useTextBlocks(oneService(lines) ?? "", "request");
  if (!first) return <Loading />;
  return (
    <>
      <PlacesField
        item={first}
        values={{ fields: [...chosen.fields], files: [...chosen.files] }}
        change={(part) =>
          change({ ...(part.fields && { fields: part.fields }), ...(part.files && { files: part.files }) })
        }
        error={missing === "places" ? t("staff.batch.missing.places") : undefined}
      />
      <Wording blocks={blocks} chosen={chosen} change={change} missing={missing} />
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
      {chosen.outcome && <Wording blocks={blocks} chosen={chosen} change={change} missing={missing} />}
    </>
  );
}

interface WordingProps extends Pick<Props, "chosen" | "change" | "missing"> {
  blocks: ReturnType<typeof useTextBlocks>;
}

function Wording({ blocks, chosen, change, missing }: WordingProps): ReactNode {
  const t = useT();
  const toggle = (id: string, on: boolean) =>
    change({ blocks: on ? [...chosen.blocks, id] : chosen.blocks.filter((other) => other !== id) });
  return (
    <>
      {blocks.length > 0 && (
        <ChoiceGroup legend={t("staff.batch.blocks")} hint={t("staff.batch.blocks_hint")} look="tight">
          {blocks.map(({ id, title }) => (
            <Choice
              key={id}
              type="checkbox"
              look="plain"
              name="stapel-bausteine"
              checked={chosen.blocks.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            >
              {title}
            </Choice>
          ))}
        </ChoiceGroup>
      )}
      <FieldFrame id="stapel-text-frei" label={t("staff.batch.reason")} hint={t("staff.batch.reason_hint")}>
        {(describedBy) => (
          <textarea
            id="stapel-text-frei"
            maxLength={5000}
            value={chosen.reason}
            onChange={({ target }) => change({ reason: target.value })}
            aria-describedby={describedBy}
            aria-invalid={missing === "reason" || undefined}
          />
        )}
      </FieldFrame>
      {missing === "reason" && <FieldMessage id="stapel-text-fehlt">{t("staff.batch.missing.reason")}</FieldMessage>}
    </>
  );
}
