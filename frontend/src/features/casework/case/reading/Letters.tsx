/** Letters of the case with the dates that count: provided, fetched, deemed announced. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { OutsideLink } from "../../../../ui/Button";
import { Facts } from "../../../../ui/Facts";
import type { Case } from "../../types";
import { letterAddress } from "./api";
import styles from "./case.module.css";
import { Panel } from "./Panel";
import { momentText } from "./words";

export function Letters({ item }: { item: Case }): ReactNode {
  const t = useT();
  const format = useFormat();
  if (item.letters.length === 0) return null;
  return (
    <Panel title={t("staff.case.letters")}>
      <ul className={styles["plain"]}>
        {item.letters.toReversed().map(({ id, electronic, provided_at, first_retrieved_at, deemed_announced_on }) => (
          <li key={id}>
            <OutsideLink href={letterAddress(item.line.reference, id)}>
              {t("staff.case.letters.open", { date: format.numericDate(provided_at) })}
            </OutsideLink>
            {!electronic && <p>{t("staff.case.letters.post")}</p>}
            <Facts
              className="t2"
              items={[
                { key: "at", label: t("staff.case.letters.provided"), value: momentText(provided_at, t, format) },
                {
                  key: "read",
                  label: t("staff.case.letters.retrieved"),
                  value: first_retrieved_at
                    ? momentText(first_retrieved_at, t, format)
                    : t("staff.case.letters.not_yet"),
                },
                {
                  key: "announced",
                  label: t("staff.case.letters.announced"),
                  value: deemed_announced_on
                    ? format.numericDate(deemed_announced_on)
                    : t("staff.case.letters.not_yet"),
                },
              ]}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
