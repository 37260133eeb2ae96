/** The ways to settle a concern, without coming first; one of them carries the filled button. */
import type { ReactNode } from "react";
import type { Service, ServiceWay } from "../../../api/types";
import { useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { ButtonLink, OutsideLink } from "../../../ui/Button";
import { Icon } from "../../../ui/Icon";
import { LocalizedText } from "../../../ui/LocalizedText";
import { PhoneLink } from "../../../ui/PhoneLink";
import { useNextTimes } from "../api";
import { mainWay, orderWays } from "../model";
import { AuthorityNote } from "./AuthorityNote";
import { WAY_ICONS } from "./wayIcons";
import styles from "./WaysIn.module.css";

export function WaysIn({ service }: { service: Service }): ReactNode {
  const t = useT();
  const ways = orderWays(service.ways);
  const main = mainWay(ways, service.bookable);
  return (
    <ul className={styles["ways"]}>
      {ways.map((way) => (
        <li key={`${way.kind}-${way.authority}`} className={way.possible ? "" : styles["no"]}>
          <Icon name={WAY_ICONS[way.kind]} />
          <div>
            <h3>
              {t(way.possible ? `catalogue.way.${way.kind}` : `catalogue.way.not.${way.kind}`)}
              <AuthorityNote authority={way.authority} />
            </h3>
            <p className="muted">
              <LocalizedText text={way.text} />
            </p>
            {way.possible && way.kind === "appointment" && service.bookable && <NextTime service={service} />}
            {way.possible && <WayAction way={way} service={service} filled={way === main} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function NextTime({ service }: { service: Service }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data } = useNextTimes(service.slug, true);
  const first = data?.first[0];
  if (!first) return data && <p>{t("catalogue.next.none", { date: format.date(data.searched_until) })}</p>;
  return <p>{t("catalogue.next.first", { time: format.moment(first.starts_at) })}</p>;
}

function WayAction({ way, service, filled }: { way: ServiceWay; service: Service; filled: boolean }): ReactNode {
  const t = useT();
  const look = filled ? "filled" : "second";
  if (way.kind === "appointment") {
    return (
      service.bookable && (
        <div className={styles["actions"]}>
          <ButtonLink href={`/buchen/leistungen?service=${service.slug}:1`} look={look}>
            {t("catalogue.book")}
          </ButtonLink>
        </div>
      )
    );
  }
  if (way.form) {
    return (
      <div className={styles["actions"]}>
        <ButtonLink href={`/antrag/${way.form}`} look={look}>
          {t("catalogue.way.apply")}
        </ButtonLink>
      </div>
    );
  }
  if (way.url) {
    return (
      <div className={styles["actions"]}>
        <OutsideLink href={way.url} look={look}>
          {t("catalogue.way.open")}
        </OutsideLink>
        <p className="small muted">
          <T id="catalogue.way.leaves" values={{ host: <bdi>{new URL(way.url).hostname}</bdi> }} />
        </p>
      </div>
    );
  }
  if (way.phone) {
    return <PhoneLink className={styles["phone"]} number={way.phone} />;
  }
  return way.kind === "walk_in" || way.kind === "express" ? (
    <a className={styles["phone"]} href="#orte">
      {t("catalogue.way.hours")}
    </a>
  ) : null;
}
