/** The work list: cases of one's offices, the most urgent first. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";

export function WorkListPage(): ReactNode {
  const t = useT();
  return <Page title={t("staff.nav.list")} />;
}
