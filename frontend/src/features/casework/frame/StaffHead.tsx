/** Head of every page for staff: the demonstration's word, the name, the menu by rights, who is signed in, the way out. */
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { usePortal } from "../../../api/portal";
import { useT } from "../../../i18n/text";
import { Mark } from "../../../ui/Mark";
import { useProfile } from "../queries";
import type { StaffSession } from "../types";
import { isAt, LINKS } from "./links";
import { opens, PAGES } from "./rights";
import styles from "./StaffHead.module.css";
import { useStaffSignOut } from "./useStaffSignOut";

export function StaffHead({ session }: { session: StaffSession | undefined }): ReactNode {
  const t = useT();
  const demo = usePortal()?.demo ?? false;
  return (
    <header>
      {demo && (
        <div className={styles["demo"]}>
          <p className="wrap">{t("common.demo")}</p>
        </div>
      )}
      {session?.signed_in && <Training />}
      <div className={styles["head"]}>
        <div className={`wrap ${styles["row"]}`}>
          <Link href="/" className={styles["brand"]}>
            <Mark />
            <span>
              {t("common.portal.name")} <span className={styles["side"]}>{t("staff.brand")}</span>
            </span>
          </Link>
          {session?.signed_in && <Menu session={session} />}
        </div>
      </div>
    </header>
  );
}

/** While somebody trains, every page says so. */
function Training(): ReactNode {
  const t = useT();
  const { data: profile } = useProfile();
  return (
    profile?.training && (
      <div className={styles["demo"]}>
        <p className="wrap">{t("staff.training.banner")}</p>
      </div>
    )
  );
}

function Menu({ session }: { session: StaffSession }): ReactNode {
  const t = useT();
  const [path] = useLocation();
  const { busy, start } = useStaffSignOut();
  const pages = PAGES.filter((page) => opens(session.roles, page));
  return (
    <div className={styles["menu"]}>
      <nav aria-label={t("staff.nav.label")}>
        <ul>
          {pages.map((page) => (
            <li key={page}>
              <Link href={LINKS[page].href} aria-current={isAt(LINKS[page].href, path) ? "page" : undefined}>
                {t(LINKS[page].text)}
              </Link>
            </li>
          ))}
          <li>
            <Link href="/hilfe" aria-current={path === "/hilfe" ? "page" : undefined}>
              {t("staff.nav.help")}
            </Link>
          </li>
        </ul>
      </nav>
      <p className={styles["who"]}>
        {session.name && <bdi>{session.name}</bdi>}
        <button type="button" onClick={start} aria-disabled={busy || undefined}>
          {t("account.sign_out")}
        </button>
      </p>
    </div>
  );
}
