/** Services as a list of links, each with what it is and which ways there are. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { ServiceSummary } from "../../../api/types";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Tag } from "../../../ui/Tag";
import styles from "./ServiceList.module.css";
import { WAY_ICONS } from "./wayIcons";

export function ServiceList({ services }: { services: readonly ServiceSummary[] }): ReactNode {
  const t = useT();
  return (
    <ul className={styles["list"]}>
      {services.map((service) => (
        <li key={service.slug}>
          <Link href={`/leistungen/${service.slug}`}>
            <LocalizedText text={service.name} />
          </Link>
          <p className="muted">
            <LocalizedText text={service.summary} />
          </p>
          <ul className={styles["ways"]} aria-label={t("catalogue.ways.label")}>
            {service.channels.map((kind) => (
              <li key={kind}>
                <Tag icon={WAY_ICONS[kind]}>{t(`catalogue.way.${kind}`)}</Tag>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
