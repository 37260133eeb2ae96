/** Offices with their addresses; German names stay German and left to right. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { OfficeSummary } from "../../../api/types";
import { useT } from "../../../i18n/text";
import { Tag } from "../../../ui/Tag";
import styles from "./OfficeList.module.css";

/** One line of an address: "Martinistraße 3, 28195 Bremen"; a stop begins with its building. */
export function addressLine({
  name,
  street,
  postcode,
  city,
}: OfficeSummary["address"] & { name?: string | null }): string {
  return [name, street, [postcode, city].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

export function OfficeList({ offices }: { offices: readonly OfficeSummary[] }): ReactNode {
  const t = useT();
  return (
    <ul className={styles["offices"]}>
      {offices.map((office) => (
        <li key={office.slug}>
          <Link href={`/standorte/${office.slug}`}>
            <bdi lang="de">{office.name}</bdi>
          </Link>
          <p className="muted">
            <bdi lang="de">{addressLine(office.address)}</bdi>
          </p>
          {office.kind === "mobile" && <Tag>{t("catalogue.office.mobile")}</Tag>}
          {!office.bookable && <p className="small muted">{t("catalogue.office.notBookable")}</p>}
        </li>
      ))}
    </ul>
  );
}
