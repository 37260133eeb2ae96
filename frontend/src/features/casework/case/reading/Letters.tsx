/** Letters of the case with the dates that count: provided, fetched, deemed announced. */
import type { ReactNode } from "react";
import { useFormat, type Format } from "../../../../i18n/format";
import { useT, type Translate } from "../../../../i18n/text";
import { OutsideLink } from "../../../../ui/Button";
import { Facts, type Fact } from "../../../../ui/Facts";
import type { Case } from "../../types";
import { letterAddress } from "./api";
import styles from "./case.module.css";
import { Panel } from "./Panel";
import { momentText } from "./words";

type Letter = Case["letters"][number];

export function Letters({ item }: { item: Case }): ReactNode {
  const t = useT();
  const format = useFormat();
  if (item.letters.length === 0) return null;
  return (
    <Panel title={t("staff.case.letters")}>
      <ul className={styles["plain"]}>
        {item.letters.toReversed().map((letter) => (
          <li key={letter.id}>
            <OutsideLink href={letterAddress(item.line.reference, letter.id)}>
              {t("staff.case.letters.open", { date: format.numericDate(letter.provided_at) })}
            </OutsideLink>
            <Facts className="t2" items={datesOf(letter, t, format)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function datesOf(letter: Letter, t: Translate, format: Format): Fact[] {
  const { electronic, provided_at, first_retrieved_at, printed_at, deemed_announced_on } = letter;
  const moment = (at: string | null) => (at ? momentText(at, t, format) : t("staff.case.letters.not_yet"));
  return [
    { key: "at", label: t("staff.case.letters.provided"), value: moment(provided_at) },
    electronic
      ? { key: "read", label: t("staff.case.letters.retrieved"), value: moment(first_retrieved_at) }
      : { key: "printed", label: t("staff.case.letters.printed"), value: moment(printed_at) },
    {
      key: "announced",
      label: t("staff.case.letters.announced"),
      value: deemed_announced_on ? format.numericDate(deemed_announced_on) : t("staff.case.letters.not_yet"),
    },
  ];
}
