/** An answer in words, as the check page and locked fields show it. */
import type { ReactNode } from "react";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { partsOf, type Json, type Node, type Nodes } from "../engine/form";
import { isList, isObject } from "../engine/values";
import type { Path } from "../model";
import type { Words } from "../text";
import own from "./fields.module.css";

interface Props {
  node: Node;
  path: Path;
  value: Json | undefined;
  words: Words;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function AnswerText({ node, path, value, words }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  if (value === undefined || value === null || value === "") {
    return <span className="muted">{t("applications.field.none")}</span>;
  }
  const option = (name: string) => {
    const text = words.of(path, `option.${name}`);
    return text ? <LocalizedText text={text} /> : name;
  };
  const type = node["x-type"];
  if (type === "yes_no") {
    const text = words.of(path, value === true ? "option.yes" : "option.no");
    return text ? (
      <LocalizedText text={text} />
    ) : (
      t(value === true ? "applications.field.yes" : "applications.field.no")
    );
  }
  if (type === "declaration") return t("applications.field.agreed");
  if (type === "one_of") return option(String(value));
  if (type === "date")
    return typeof value === "string" && DATE.test(value) ? format.day(value) : <bdi>{String(value)}</bdi>;
  if (type === "money") return typeof value === "number" ? format.amount(value) : <bdi>{String(value)}</bdi>;
  if (type === "country")
    return new Intl.DisplayNames(LANGUAGE_FACTS[language].locale, { type: "region" }).of(String(value));
  if (type === "address" || type === "person") return <PartsText node={node} path={path} value={value} words={words} />;
  if (isList(value)) {
    return type === "some_of" ? (
      <ul className={own["answers"]}>
        {value.map((each) => (
          <li key={String(each)}>{option(String(each))}</li>
        ))}
      </ul>
    ) : (
      <Entries node={node} path={path} value={value} words={words} />
    );
  }
  return <bdi>{String(value)}</bdi>;
}

/** An address or a person line by line, as one writes it on a letter. */
function PartsText({ node, path, value, words }: Props): ReactNode {
  const parts = isObject(value) ? value : {};
  const part = (name: string) => (typeof parts[name] === "string" ? parts[name] : "");
  if (node["x-type"] === "person") {
    return <PartList nodes={node.properties ?? {}} path={path} value={parts} words={words} />;
  }
  const country = node.properties?.["country"];
  const lines = [[part("street"), part("house_number")], [part("addition")], [part("postcode"), part("city")]].map(
    (line) => line.filter(Boolean).join(" "),
  );
  return (
    <bdi>
      {lines.filter(Boolean).map((line) => (
        <span key={line}>
          {line}
          <br />
        </span>
      ))}
      {country && part("country") && (
        <AnswerText node={country} path={[...path, "country"]} value={part("country")} words={words} />
      )}
    </bdi>
  );
}

function PartList({
  nodes,
  path,
  value,
  words,
}: Omit<Props, "node" | "value"> & { nodes: Nodes; value: Readonly<Record<string, Json>> }): ReactNode {
  return (
    <dl className={own["answers"]}>
      {Object.entries(nodes).flatMap(([name, part]) =>
        value[name] === undefined || value[name] === null || value[name] === ""
          ? []
          : [
              <div key={name}>
                <dt>
                  <LocalizedText text={words.label([...path, name])} />
                </dt>
                <dd>
                  <AnswerText node={part} path={[...path, name]} value={value[name]} words={words} />
                </dd>
              </div>,
            ],
      )}
    </dl>
  );
}

function Entries({ node, path, value, words }: Omit<Props, "value"> & { value: readonly Json[] }): ReactNode {
  if (node["x-type"] !== "group") return String(value.length);
  return value.map((entry, number) => (
    <div key={number} className={own["entryText"]}>
      <b>
        <LocalizedText text={words.of(path, "entry", { n: number + 1 }) ?? words.label(path)} />
      </b>
      <PartList nodes={partsOf(node)} path={[...path, number]} value={isObject(entry) ? entry : {}} words={words} />
    </div>
  ));
}
