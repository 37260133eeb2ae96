/** Text blocks, free German text, and its translation that somebody of the office has read. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { htmlLanguage, isLanguage, LANGUAGE_FACTS } from "../../../../i18n/languages";
import { Choice, ChoiceGroup } from "../../../../ui/Choice";
import type { TextBlock } from "./api";
import styles from "./acting.module.css";
import type { Wording } from "./filling";
import { LongText } from "./LongText";
import type { Faults } from "./useFaults";
import { languageName } from "./words";

interface Props {
  /** Begin of the controls' ids. */
  id: string;
  /** Language of the citizen. */
  language: string;
  blocks: readonly TextBlock[];
  values: Wording;
  change: (part: Partial<Wording>) => void;
  label: string;
  optional: boolean;
  faults: Faults;
}

export function WordingFields({ id, language, blocks, values, change, label, optional, faults }: Props): ReactNode {
  const t = useT();
  const name = languageName(language);
  const foreign = language !== "de";
  return (
    <>
      {blocks.length > 0 && (
        <ChoiceGroup
          legend={t("staff.acting.blocks")}
          look="tight"
          {...(foreign && { hint: t("staff.acting.blocks.hint", { language: name }) })}
        >
          {blocks.map((block) => (
            <Choice
              key={block.id}
              type="checkbox"
              look="plain"
              name={`${id}-blocks`}
              value={block.id}
              checked={values.blocks.includes(block.id)}
              onChange={(event) => change({ blocks: toggled(values.blocks, block.id, event.target.checked) })}
            >
              {block.title}
            </Choice>
          ))}
        </ChoiceGroup>
      )}
      <Chosen blocks={blocks.filter((block) => values.blocks.includes(block.id))} language={language} />
      <LongText
        id={`${id}-text`}
        label={label}
        hint={foreign ? t("staff.acting.text.german", { language: name }) : undefined}
        optional={optional}
        error={faults.at("text")}
        value={values.text}
        onChange={(text) => change({ text })}
      />
      {foreign && values.text.trim() !== "" && (
        <Translation id={id} language={language} values={values} change={change} error={faults.at("translation")} />
      )}
    </>
  );
}

/** The list with or without one of its members. */
export function toggled(list: readonly string[], one: string, on: boolean): string[] {
  return on ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one);
}

/** The chosen blocks as they go out, in German and in the language of the citizen. */
function Chosen({ blocks, language }: { blocks: readonly TextBlock[]; language: string }): ReactNode {
  const t = useT();
  if (blocks.length === 0) return null;
  const shown = isLanguage(language) ? language : "de";
  return (
    <div className={styles["chosen"]}>
      {blocks.map((block) => (
        <p key={block.id}>{block.texts.de}</p>
      ))}
      {shown !== "de" && (
        <details>
          <summary>{t("staff.acting.blocks.reads", { language: languageName(shown) })}</summary>
          {blocks.map((block) => (
            <p key={block.id} lang={htmlLanguage(shown)} dir={LANGUAGE_FACTS[shown].direction}>
              {block.texts[shown]}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}

interface TranslationProps extends Pick<Props, "id" | "language" | "values" | "change"> {
  error: string | undefined;
}

function Translation({ id, language, values, change, error }: TranslationProps): ReactNode {
  const t = useT();
  const facts = isLanguage(language) ? LANGUAGE_FACTS[language] : LANGUAGE_FACTS.de;
  return (
    <>
      <LongText
        id={`${id}-translation`}
        label={t("staff.acting.translation", { language: languageName(language) })}
        hint={t("staff.acting.translation.hint")}
        optional
        error={error}
        lang={htmlLanguage(language)}
        dir={facts.direction}
        value={values.translation}
        onChange={(translation) => change({ translation, confirmed: false })}
      />
      {values.translation.trim() !== "" && (
        <Choice
          type="checkbox"
          look="plain"
          checked={values.confirmed}
          onChange={(event) => change({ confirmed: event.target.checked })}
        >
          {t("staff.acting.translation.confirm")}
        </Choice>
      )}
    </>
  );
}
