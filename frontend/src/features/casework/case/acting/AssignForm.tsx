/** Take a case, give it back, or, for a lead, give it to a colleague or a team. */
import type { FormEvent, ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { SelectField } from "../../../../ui/Field";
import { useColleagues } from "../../colleagues";
import type { Worker } from "../../types";
import { assign } from "./api";
import { useKept } from "./kept";
import { useMe, useMyPlace } from "./me";
import { Refused } from "./Refused";
import { useAct, type Act, type ActsOn } from "./useAct";
import { useFaults } from "./useFaults";

export function AssignForm(acts: ActsOn): ReactNode {
  const { item } = acts;
  const t = useT();
  const me = useMe();
  const act = useAct(acts);
  const faults = useFaults({}, act);
  const mine = item.line.assigned_to === me.account;
  return (
    <>
      <Refused problem={act.problem} faults={faults} />
      <p>
        {item.line.assigned_name
          ? t("staff.acting.assign.now", { name: item.line.assigned_name })
          : t("staff.acting.assign.nobody")}
      </p>
      <div className="actions">
        {!mine && (
          <Button
            look="second"
            busy={act.busy}
            onClick={() => act.run((seen) => assign(seen, me.account, item.line.team), t("staff.acting.assign.taken"))}
          >
            {t("staff.acting.assign.take")}
          </Button>
        )}
        {mine && (
          <Button
            look="second"
            busy={act.busy}
            onClick={() => act.run((seen) => assign(seen, null, item.line.team), t("staff.acting.assign.given_back"))}
          >
            {t("staff.acting.assign.give_back")}
          </Button>
        )}
      </div>
      {me.roles.includes("lead") && <GiveTo acts={acts} act={act} />}
    </>
  );
}

function GiveTo({ acts: { item }, act }: { acts: ActsOn; act: Act }): ReactNode {
  const t = useT();
  const format = useFormat();
  const workers = useColleagues().filter(({ offices }) => offices.includes(item.line.office));
  const teams = [...new Set(workers.flatMap((worker) => worker.teams))].sort();
  const now = { person: item.line.assigned_to ?? "", team: item.line.team ?? "" };
  const { values, change, forget } = useKept(useMyPlace(item, "assign"), now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.run((seen) => assign(seen, values.person || null, values.team || null), t("staff.acting.assign.done"), forget);
  };
  const away = ({ absent_until }: Worker) =>
    absent_until ? t("staff.acting.assign.away", { date: format.numericDate(absent_until) }) : "";
  return (
    <form onSubmit={submit} noValidate>
      <SelectField
        id="assign-person"
        label={t("staff.acting.assign.person")}
        value={values.person}
        onChange={(event) => change({ person: event.target.value })}
      >
        <option value="">{t("staff.acting.assign.no_person")}</option>
        {workers.map((worker) => (
          <option key={worker.id} value={worker.id}>
            {[worker.name ?? worker.id, away(worker)].filter(Boolean).join(", ")}
          </option>
        ))}
      </SelectField>
      {teams.length > 0 && (
        <SelectField
          id="assign-team"
          label={t("staff.acting.assign.team")}
          value={values.team}
          onChange={(event) => change({ team: event.target.value })}
        >
          <option value="">{t("staff.acting.assign.no_team")}</option>
          {teams.map((team) => (
            <option key={team}>{team}</option>
          ))}
        </SelectField>
      )}
      <div className="actions">
        <Button type="submit" look="second" busy={act.busy}>
          {t("staff.acting.assign.submit")}
        </Button>
      </div>
    </form>
  );
}
