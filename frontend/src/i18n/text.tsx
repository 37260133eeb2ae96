/** Texts by id: `useT()` for strings, `<T>` where a text holds elements. An unknown id or a missing value is a type error. */
import { cloneElement, Fragment, useCallback, type ReactElement, type ReactNode } from "react";
import { useLanguage } from "./language";
import type { Messages } from "./messages.gen";
import { polished } from "./polished";
import { i18n } from "./words";

export type MessageId = keyof Messages;
export type MessageValue = string | number;

type ValuesOf<Id extends MessageId> = [Messages[Id]] extends [never]
  ? []
  : [values: Record<Messages[Id], MessageValue>];

/** Text of a message: `t("common.search")`, `t("booking.step", { now: 2, total: 5 })`. */
export type Translate = <Id extends MessageId>(id: Id, ...values: ValuesOf<Id>) => string;

export function useT(): Translate {
  const language = useLanguage();
  // A change of language gives a new function, so that memoised callers follow.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the words depend on the language; the i18n object stays the same
  return useCallback((id, ...values) => polished(i18n._(id, values[0])), [language]) as Translate;
}

interface Props<Id extends MessageId> {
  id: Id;
  /** Values may be elements here, such as `<bdi>` around a name. */
  values?: Record<Messages[Id], MessageValue | ReactElement>;
  /** Elements for tags of the message: `<link>…</link>` takes `components.link`. */
  components?: Record<string, ReactElement>;
}

/** A message with elements in it. */
export function T<Id extends MessageId>({ id, values, components = {} }: Props<Id>): ReactNode {
  useLanguage();
  const elements: Record<string, ReactElement> = { ...components };
  const plain: Record<string, MessageValue> = {};
  for (const [name, value] of Object.entries<MessageValue | ReactElement>(values ?? {})) {
    // A typed name such as "<Ali>" is a value, not a tag of the message.
    const element = typeof value === "object" ? value : String(value).includes("<") ? <>{value}</> : null;
    if (element) elements[name] = element;
    plain[name] = element ? `<${name}/>` : (value as MessageValue);
  }
  return withElements(polished(i18n._(id, plain)), elements);
}

const TAG = /<(\w+)>(.*?)<\/\1>|<(\w+)\/>/s;

/** Puts elements where the text has their tags; elements that carry children keep them. */
function withElements(text: string, elements: Readonly<Record<string, ReactElement>>): ReactNode {
  const found = TAG.exec(text);
  if (!found) return text;
  const [whole, paired, inside, single] = found;
  const element = elements[paired ?? single ?? ""] ?? <></>;
  return (
    <>
      {text.slice(0, found.index)}
      {paired ? cloneElement(element, undefined, withElements(inside ?? "", elements)) : <Fragment>{element}</Fragment>}
      {withElements(text.slice(found.index + whole.length), elements)}
    </>
  );
}
