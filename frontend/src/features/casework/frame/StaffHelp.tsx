/** Help for staff, at the same place on every page. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePortal } from "../../../api/portal";
import { useT } from "../../../i18n/text";
import { PhoneLink } from "../../../ui/PhoneLink";
import styles from "./StaffHelp.module.css";

export function StaffHelp({ inside }: { inside: boolean }): ReactNode {
  const t = useT();
  const portal = usePortal();
  return (
    <section className={styles["help"]} aria-labelledby="hilfe">
      <div className="wrap">
        <h2 id="hilfe">{t("staff.help.title")}</h2>
        <ul>
          {inside && (
            <li>
              <h3>{t("staff.help.page")}</h3>
              <Link href="/hilfe">{t("staff.help.page.link")}</Link>
            </li>
          )}
          <li>
            <h3>{t("staff.help.phone")}</h3>
            <PhoneLink number={portal?.phone_help ?? "115"} />
          </li>
          <li>
            <h3>{t("staff.help.barrier")}</h3>
            <a href="/de/barrierefreiheit">{t("staff.help.barrier.link")}</a>
          </li>
        </ul>
      </div>
    </section>
  );
}
