/** What was chosen up to here, beside the times. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Aside } from "../../../ui/Aside";
import { TextLink } from "../../../ui/Button";
import { Facts } from "../../../ui/Facts";
import { persons, stepAddress, type Selection, type Step } from "../model";
import type { OfficeSummary, Service } from "../types";
import { Names } from "./ServiceName";

interface Props {
  selection: Selection;
  services: readonly Service[];
  offices: readonly OfficeSummary[];
}

function ChangeLink({ step, selection, row }: { step: Step; selection: Selection; row: string }): ReactNode {
  const t = useT();
  return (
    <TextLink href={stepAddress(step, selection)} label={`${t("common.change")}: ${row}`}>
      {t("common.change")}
    </TextLink>
  );
}

export function SoFar({ selection, services, offices }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const chosen = offices.filter(({ slug }) => selection.offices.includes(slug));
  const rows = { services: t("booking.row.services"), offices: t("booking.row.offices") };
  return (
    <Aside title={t("booking.sofar.title")} className="noprint">
      <Facts
        items={[
          {
            key: "services",
            label: rows.services,
            value: <Names names={services.map(({ name }) => name)} />,
            more: (
              <>
                {t("booking.persons", { count: persons(selection.services) })}
                <br />
                <ChangeLink step="services" selection={selection} row={rows.services} />
              </>
            ),
          },
          {
            key: "offices",
            label: rows.offices,
            value:
              chosen.length > 0 ? (
                <bdi lang="de">{format.list(chosen.map(({ short_name }) => short_name))}</bdi>
              ) : (
                t("booking.row.offices.all")
              ),
            more: <ChangeLink step="places" selection={selection} row={rows.offices} />,
          },
          { key: "hold", label: t("booking.hold.title"), value: null, more: t("booking.sofar.hold") },
        ]}
      />
    </Aside>
  );
}
