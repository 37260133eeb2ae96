/** Texts by id: `useT()` for strings, `<T>` where a text holds elements. An unknown id or a missing value is a type error. */
import { Trans, useLingui } from "@lingui/react";
import { useCallback, type ReactElement, type ReactNode } from "react";
import type { Messages } from "./messages.gen";

export type MessageId = keyof Messages;
export type MessageValue = string | number;

type ValuesOf<Id extends MessageId> = [Messages[Id]] extends [never]
  ? []
  : [values: Record<Messages[Id], MessageValue>];

/** Text of a message: `t("common.search")`, `t("booking.step", { now: 2, total: 5 })`. */
export type Translate = <Id extends MessageId>(id: Id, ...values: ValuesOf<Id>) => string;

export function useT(): Translate {
  const { i18n } = useLingui();
  const { locale } = i18n;
  // A change of language gives a new function, so that memoised callers follow.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `locale` is what the text depends on; the i18n object stays the same
  return useCallback((id, ...values) => i18n._(id, values[0]), [i18n, locale]) as Translate;
}

interface Props<Id extends MessageId> {
  id: Id;
  /** Values may be elements here, such as `<bdi>` around a name. */
  values?: Record<Messages[Id], MessageValue | ReactElement>;
  /** Elements for tags of the message: `<link>…</link>` takes `components.link`. */
  components?: Record<string, ReactElement>;
}

/** A message with elements in it. */
export function T<Id extends MessageId>({ id, values, components }: Props<Id>): ReactNode {
  const safe = values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withoutTags(value)]));
  return <Trans id={id} {...(safe && { values: safe })} {...(components && { components })} />;
}

/** A typed name such as "<Ali>" is a value, not a tag of the message. */
function withoutTags(value: unknown): unknown {
  return typeof value === "string" && value.includes("<") ? <>{value}</> : value;
}
