/** What changed between the versions of the answers, newest first: old and new beside each other. */
import type { ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Region } from "../../../../ui/Region";
import type { Case } from "../../types";
import styles from "./case.module.css";
import { momentText, WRITERS, wordOf } from "./words";

type Version = Case["versions"][number];

export function Versions({ item }: { item: Case }): ReactNode {
  const t = useT();
  const changed = item.versions.filter(({ changes }) => changes.length > 0).reverse();
  return (
    <section className="section" aria-labelledby="versions">
      <h2 id="versions">{t("staff.case.versions")}</h2>
      {changed.length === 0 && <p className="muted">{t("staff.case.versions.none")}</p>}
      {changed.map((version) => (
        <Diff key={version.version} version={version} />
      ))}
    </section>
  );
}

function Diff({ version: { version, at, by, changes } }: { version: Version }): ReactNode {
  const t = useT();
  const format = useFormat();
  const title = t("staff.case.versions.one", { version, date: momentText(at, t, format), by: wordOf(WRITERS, by, t) });
  const words = (lines: readonly string[] | null) => lines?.join(", ") || t("staff.case.answers.none");
  return (
    <Region label={title} className={styles["region"]}>
      <table className={styles["diff"]}>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("staff.case.versions.answer")}</th>
            <th scope="col">{t("staff.case.versions.before")}</th>
            <th scope="col">{t("staff.case.versions.after")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ pointer, label, before, after }) => (
            <tr key={pointer}>
              <th scope="row">{label}</th>
              <td>
                <del>{words(before)}</del>
              </td>
              <td>
                <ins>{words(after)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Region>
  );
}
