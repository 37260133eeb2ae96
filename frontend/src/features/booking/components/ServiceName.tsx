/** Names of services and offices with their own language. */
import type { ReactNode } from "react";
import { LocalizedText } from "../../../ui/LocalizedText";
import type { LocalText, OfficeSummary } from "../types";

export function OfficeName({ office }: { office: Pick<OfficeSummary, "name"> }): ReactNode {
  return (
    <bdi lang="de" dir="ltr">
      {office.name}
    </bdi>
  );
}

export function Street({ address }: { address: OfficeSummary["address"] & { name?: string | null } }): ReactNode {
  const place = [address.postcode, address.city].filter(Boolean).join(" ");
  return (
    <bdi lang="de" dir="ltr">
      {[address.name, address.street, place].filter(Boolean).join(", ")}
    </bdi>
  );
}

/** Several names, one below the other. */
export function Names({ names }: { names: readonly LocalText[] }): ReactNode {
  return names.map((name, index) => (
    <span key={name.text}>
      {index > 0 && <br />}
      <LocalizedText text={name} />
    </span>
  ));
}
