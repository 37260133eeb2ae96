/** A page for whom its role opens it; for everybody else a plain word, and the pages that are theirs. */
import type { ReactNode } from "react";
import { Link, Redirect } from "wouter";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";
import { useStaffSession } from "../queries";
import { LINKS } from "./links";
import { opens, PAGES, type StaffPage } from "./rights";

interface Props {
  page: StaffPage;
  children: ReactNode;
}

export function Allowed({ page, children }: Props): ReactNode {
  const t = useT();
  const roles = useStaffSession().data?.roles ?? [];
  if (opens(roles, page)) return children;
  const own = PAGES.filter((other) => opens(roles, other));
  // Who has no work list begins with the first page of her own.
  if (page === "list" && own[0]) return <Redirect to={LINKS[own[0]].href} replace />;
  return (
    <Page title={t("staff.forbidden.title")} lead={t("staff.forbidden.text")}>
      <ul className="t4">
        {own.map((other) => (
          <li key={other}>
            <Link href={LINKS[other].href}>{t(LINKS[other].text)}</Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
