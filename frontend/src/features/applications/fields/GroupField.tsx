/** Entries of the same kind, such as children: add another, change, remove, and take a removal back. */
import { useState, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, TextButton, TextLink } from "../../../ui/Button";
import { FieldMessage } from "../../../ui/Field";
import fieldStyles from "../../../ui/Field.module.css";
import { LocalizedText } from "../../../ui/LocalizedText";
import { partsOf, type Json } from "../engine/form";
import { isList, isObject } from "../engine/values";
import { at, controlOf, pointerOf } from "../model";
import { useFields } from "./context";
import own from "./fields.module.css";
import { FieldView, useFault, useHint, useLabel, type FieldProps } from "./FieldView";

interface Removed {
  place: number;
  entry: Json;
  name: string;
}

export function GroupField({ node, path }: FieldProps): ReactNode {
  const t = useT();
  const { answers, change, words } = useFields();
  const [removed, setRemoved] = useState<Removed | null>(null);
  // Entries have no names of their own: after a removal the fields below are other ones.
  const [order, setOrder] = useState(0);
  const found = at(answers, path);
  const entries = isList(found) ? found : [];
  const id = controlOf(pointerOf(path));
  const error = useFault(path);
  const hint = useHint(path);
  const most = node.maxItems ?? 20;
  const nameOf = (place: number) => words.of(path, "entry", { n: place + 1 }) ?? words.label(path);
  const put = (now: readonly Json[]) => {
    change(path, now);
    setOrder(order + 1);
  };
  const add = () => {
    put([...entries, {}]);
    focusLater(controlOf(pointerOf([...path, entries.length])));
  };
  const remove = (place: number) => {
    const name = nameOf(place).text;
    setRemoved({ place, entry: entries[place] ?? {}, name });
    put(entries.filter((_, other) => other !== place));
    announce(t("applications.group.removed", { name }));
    focusLater(id);
  };
  const restore = ({ place, entry }: Removed) => {
    put(entries.toSpliced(place, 0, entry));
    setRemoved(null);
    focusLater(controlOf(pointerOf([...path, place])));
  };
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      className={`${fieldStyles["field"]} ${error ? fieldStyles["bad"] : ""}`}
    >
      <h2 className="h3" id={`${id}-label`}>
        {useLabel(path)}
      </h2>
      {hint && <p className={fieldStyles["hint"]}>{hint}</p>}
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
      {entries.length === 0 && <Empty path={path} />}
      <Entries key={order} node={node} path={path} entries={entries} nameOf={nameOf} onRemove={remove} />
      {removed && (
        <p className="t3">
          <TextButton onClick={() => restore(removed)}>
            {t("applications.group.undo", { name: removed.name })}
          </TextButton>
        </p>
      )}
      {entries.length < most ? (
        <div className="actions">
          <Button look="second" onClick={add}>
            {(words.of(path, "add") ?? words.label(path)).text}
          </Button>
        </div>
      ) : (
        <p className="t4 muted">{t("applications.group.full", { count: most })}</p>
      )}
    </section>
  );
}

/** Focus once the new fields are on the page. */
function focusLater(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

function Empty({ path }: { path: FieldProps["path"] }): ReactNode {
  const t = useT();
  const { words } = useFields();
  const text = words.of(path, "empty");
  return <p className="t3 muted">{text ? <LocalizedText text={text} /> : t("applications.group.none")}</p>;
}

interface EntriesProps extends Omit<FieldProps, "optional"> {
  entries: readonly Json[];
  nameOf: (place: number) => { text: string; lang: string };
  onRemove: (place: number) => void;
}

function Entries({ node, path, entries, nameOf, onRemove }: EntriesProps): ReactNode {
  const t = useT();
  const { entryAddress } = useFields();
  const addressOf = (place: number) => entryAddress?.(String(path[0]), place) ?? null;
  if (addressOf(0) !== null) {
    return (
      <ul className={own["entries"]}>
        {entries.map((entry, place) => (
          <EntryRow
            key={place}
            id={controlOf(pointerOf([...path, place]))}
            name={nameOf(place).text}
            what={firstText(entry)}
            address={addressOf(place)}
            onRemove={() => onRemove(place)}
          />
        ))}
      </ul>
    );
  }
  return entries.map((_, place) => (
    <fieldset
      key={place}
      id={controlOf(pointerOf([...path, place]))}
      tabIndex={-1}
      className={`${own["entry"]} ${own["parts"]}`}
    >
      <legend className={fieldStyles["label"]}>
        <LocalizedText text={nameOf(place)} />
      </legend>
      {Object.entries(partsOf(node)).map(([name, part]) => (
        <FieldView key={name} node={part} path={[...path, place, name]} optional={false} />
      ))}
      <TextButton
        onClick={() => onRemove(place)}
        aria-label={`${t("applications.group.remove")}: ${nameOf(place).text}`}
      >
        {t("applications.group.remove")}
      </TextButton>
    </fieldset>
  ));
}

/** What tells one entry from the others: the first words in it. */
function firstText(entry: Json): string {
  const texts = isObject(entry) ? Object.values(entry) : [];
  return texts.find((value): value is string => typeof value === "string" && value.trim() !== "") ?? "";
}

interface RowProps {
  id: string;
  name: string;
  what: string;
  address: string | null;
  onRemove: () => void;
}

function EntryRow({ id, name, what, address, onRemove }: RowProps): ReactNode {
  const t = useT();
  const full = what ? `${name}: ${what}` : name;
  return (
    <li id={id} tabIndex={-1}>
      <span>
        {name}
        {what && (
          <>
            {": "}
            <bdi>{what}</bdi>
          </>
        )}
      </span>
      <span className={own["acts"]}>
        {address && (
          <TextLink href={address} label={`${t("common.change")}: ${full}`}>
            {t("common.change")}
          </TextLink>
        )}
        <TextButton onClick={onRemove} aria-label={`${t("applications.group.remove")}: ${full}`}>
          {t("applications.group.remove")}
        </TextButton>
      </span>
    </li>
  );
}
