/** What is known about the person, each value with where and when it came from. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
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

/** Kinds of identity documents as the service account names them, where the portal has a word for them. */
const DOCUMENTS = {
  ID: "account.data.document.identity_card",
  AR: "account.data.document.residence_permit",
} as const satisfies Record<string, MessageId>;

const isDocument = (kind: string): kind is keyof typeof DOCUMENTS => Object.hasOwn(DOCUMENTS, kind);

const COUNTRY = /^[A-Z]{2}$/;

type Parts = Readonly<Record<string, unknown>>;

/** An address on one line as on an envelope, a place before its country; keys of municipalities are for machines. */
function lineOf(parts: Parts, countryName: (code: string) => string): string {
  const { street_address, house_number, postal_code, locality, country } = parts;
  const named = typeof country === "string" ? countryName(country) : "";
  return [[street_address, house_number], [postal_code, locality], [named]]
    .map((words) => words.filter((word) => typeof word === "string" && word !== "").join(" "))
    .filter(Boolean)
    .join(", ");
}

/** A value in words: dates as dates, countries and documents by their names, an address as on a letter. */
function useValueText(): (name: string, value: unknown) => string {
  const t = useT();
  const format = useFormat();
  const { locale } = LANGUAGE_FACTS[useLanguage()];
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const countryName = (code: string) => (COUNTRY.test(code) ? (regions.of(code) ?? code) : code);
  return (name, value) => {
    if (Array.isArray(value)) return format.list(value.map((each) => countryName(String(each))));
    if (typeof value === "object" && value !== null) return lineOf(value as Parts, countryName);
    if (typeof value !== "string") return String(value);
    if (name === "document_type" && isDocument(value)) return t(DOCUMENTS[value]);
    return ISO_DATE.test(value) ? format.day(value) : value;
  };
}

export function Claims({ claims }: { claims: readonly Claim[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const valueText = useValueText();
  const rows: Row[] = claims.map(({ name, value, source, asserted_at }) => ({
    key: name,
    label: isNamed(name) ? t(NAMES[name]) : t("account.data.claim.other", { name }),
    value: <bdi>{valueText(name, value)}</bdi>,
    more: (
      <T
        id={source === "service_account" ? "account.data.source.account" : "account.data.source.you"}
        values={{ date: format.day(asserted_at) }}
      />
    ),
  }));
  return <Rows items={rows} />;
}
