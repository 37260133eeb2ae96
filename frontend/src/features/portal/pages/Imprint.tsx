/** Who is responsible for this deployment, from its settings. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import type { Portal } from "../../../api/types";
import { useT } from "../../../i18n/text";
import { Facts } from "../../../ui/Facts";
import { Note } from "../../../ui/Note";
import { Page } from "../../../ui/Page";

const LINES = [
  "name",
  "street",
  "place",
  "representative",
  "phone",
  "email",
  "vat_id",
  "supervision",
] as const satisfies readonly (keyof Portal["imprint"])[];

export function Imprint(): ReactNode {
  const t = useT();
  const imprint = usePortal()?.imprint;
  const known = LINES.flatMap((line) => {
    const value = imprint?.[line];
    return value ? [{ key: line, label: t(`portal.imprint.${line}`), value: <bdi lang="de">{value}</bdi> }] : [];
  });
  return (
    <Page title={t("common.foot.imprint")}>
      {known.length > 0 && <Facts items={known} className="t5" />}
      {imprint && known.length < LINES.length && (
        <Note className="t5">
          <p>{t(known.length ? "portal.imprint.incomplete" : "portal.imprint.missing")}</p>
        </Note>
      )}
    </Page>
  );
}
