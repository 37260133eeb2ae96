/** What a service costs, where the amounts come from and of what day they are. */
import type { ReactNode } from "react";
import type { Fee } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { AuthorityNote } from "./AuthorityNote";
import styles from "./Fees.module.css";

/** An amount in words: unknown is said, never guessed; nothing is "kostenlos". */
export function useFeeText(): (fee: Fee) => string {
  const t = useT();
  const format = useFormat();
  return ({ amount_cents: from, up_to_cents: to }) => {
    if (from === null) return t("catalogue.fee.unknown");
    if (to !== null) return t("catalogue.fee.range", { from: format.amount(from), to: format.amount(to) });
    return from === 0 ? t("catalogue.fee.free") : format.amount(from);
  };
}

export function Fees({ fees }: { fees: readonly Fee[] }): ReactNode {
  const t = useT();
  const free = fees.every((fee) => fee.amount_cents === 0 && fee.up_to_cents === null);
  return (
    <section className="section" aria-labelledby="kosten">
      <h2 id="kosten">{t("catalogue.service.fees")}</h2>
      {free ? <p className={styles["free"]}>{t("catalogue.fee.free")}</p> : <FeeTable fees={fees} />}
      <Sources fees={fees} />
    </section>
  );
}

function FeeTable({ fees }: { fees: readonly Fee[] }): ReactNode {
  const t = useT();
  const feeText = useFeeText();
  return (
    <table className={styles["fees"]} aria-labelledby="kosten">
      <thead className="vh">
        <tr>
          <th scope="col">{t("catalogue.fee.for")}</th>
          <th scope="col">{t("catalogue.fee.amount")}</th>
        </tr>
      </thead>
      <tbody>
        {fees.map((fee, number) => (
          <tr key={number}>
            <th scope="row">
              <LocalizedText text={fee.label} />
              <AuthorityNote authority={fee.authority} />
              {fee.assumption && <small>{t("catalogue.fee.assumption")}</small>}
            </th>
            <td className={fee.amount_cents === null ? styles["unknown"] : undefined}>{feeText(fee)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each source once, in German as it was read. */
function Sources({ fees }: { fees: readonly Fee[] }): ReactNode {
  const format = useFormat();
  const sources = new Map(fees.map((fee) => [fee.source, fee.source_date]));
  return (
    <ul className={styles["sources"]}>
      {[...sources].map(([source, date]) => (
        <li key={source}>
          <T
            id="catalogue.fee.source"
            values={{
              source: (
                <span lang="de" dir="ltr">
                  {source}
                </span>
              ),
              date: format.day(date),
            }}
          />
        </li>
      ))}
    </ul>
  );
}
