/** The start of everything: what would you like to get done? */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";

export function Home(): ReactNode {
  const t = useT();
  return <Page title={t("common.home")} />;
}
