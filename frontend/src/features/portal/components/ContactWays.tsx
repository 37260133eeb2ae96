/** How to reach the people behind this deployment: mail, phone, post, as far as the settings name them; 115 always. */
import type { ReactNode } from "react";
import { usePortal } from "../../../api/portal";
import { useT } from "../../../i18n/text";
import { Facts, type Fact } from "../../../ui/Facts";
import { PhoneLink } from "../../../ui/PhoneLink";

export function ContactWays(): ReactNode {
  const t = useT();
  const portal = usePortal();
  if (!portal) return null;
  const { email, phone, post } = portal.feedback;
  const unknown = t("portal.notEntered");
  const phoneNumber = phone ?? portal.phone_help;
  const facts: Fact[] = [
    {
      key: "email",
      label: t("portal.contact.email"),
      value: email ? (
        <a href={`mailto:${email}`}>
          <bdi>{email}</bdi>
        </a>
      ) : (
        unknown
      ),
    },
    {
      key: "phone",
      label: t("portal.contact.phone"),
      value: <PhoneLink number={phoneNumber} />,
    },
    { key: "post", label: t("portal.contact.post"), value: post ? <bdi lang="de">{post}</bdi> : unknown },
  ];
  return <Facts items={facts} className="t4" />;
}
