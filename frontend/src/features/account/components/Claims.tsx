/** What is known about the person, each value with where and when it came from. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { T, useT, type MessageId } from "../../../i18n/text";
import { Rows, type Row } from "../../../ui/Rows";
import type { Claim } from "../types";

/** Names of the claims as OpenID Connect and the service account use them. */
const NAMES = {
  title: "account.data.claim.title",
  given_name: "account.data.claim.given_name",
  family_name: "account.data.claim.family_name",
  birth_family_name: "account.data.claim.birth_name",
  birthdate: "account.data.claim.birth_date",
  address: "account.data.claim.address",
  email: "account.data.claim.email",
  mailbox_handle: "account.data.claim.mailbox_handle",
  bpk2: "account.data.claim.bpk2",
  document_type: "account.data.claim.document_type",
  place_of_birth: "account.data.claim.place_of_birth",
  nationalities: "account.data.claim.nationalities",
} as const satisfies Record<string, MessageId>;

const isNamed = (name: string): name is keyof typeof NAMES => Object.hasOwn(NAMES, name);

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

type Address = Readonly<Record<string, string | undefined>>;

const isAddress = (value: unknown): value is Address =>
  typeof value === "object" && value !== null && "postal_code" in value;

/** On one line as on an envelope; the key of the municipality is for machines. */
function addressLine({ street_address, house_number, postal_code, locality, country }: Address): string {
  const lines = [[street_address, house_number], [postal_code, locality], [country]];
  return lines
    .map((line) => line.filter(Boolean).join(" "))
    .filter(Boolean)
    .join(", ");
}

/** A value in words: dates as dates, an address as on a letter, anything else as it is. */
function useValueText(): (value: unknown) => string {
  const format = useFormat();
  return (value) => {
    if (typeof value === "string") return ISO_DATE.test(value) ? format.day(value) : value;
    if (isAddress(value)) return addressLine(value);
    if (typeof value === "object" && value !== null) return Object.values(value).filter(Boolean).join(", ");
    return String(value);
  };
}

export function Claims({ claims }: { claims: readonly Claim[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const valueText = useValueText();
  const rows: Row[] = claims.map(({ name, value, source, asserted_at }) => ({
    key: name,
    label: isNamed(name) ? t(NAMES[name]) : t("account.data.claim.other", { name }),
    value: <bdi>{valueText(value)}</bdi>,
    more: (
      <T
        id={source === "service_account" ? "account.data.source.account" : "account.data.source.you"}
        values={{ date: format.day(asserted_at) }}
      />
    ),
  }));
  return <Rows items={rows} />;
}
