/** The words of a batch: text blocks, free German text, and its translation into the languages of the chosen cases. */
import { useState, type ReactNode } from "react";
import { htmlLanguage, isLanguage, LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import { FieldMessage } from "../../../ui/Field";
import type { TextBlock } from "../case/acting/api";
import { LongText } from "../case/acting/LongText";
import { toggled } from "../case/acting/WordingFields";
import { languageName } from "../case/acting/words";
import type { BatchScope } from "./api";
import { languagesOf, type Chosen, type Missing, type Translated } from "./model";

/** Begin of the ids of the boxes that say that a translation was read, where a fault leads to. */
const READ = "stapel-gelesen-";

interface Props {
  blocks: readonly TextBlock[];
  scope: BatchScope | undefined;
  chosen: Chosen;
  change: (part: Partial<Chosen>) => void;
  missing: Missing | null;
}

export function BatchWording({ blocks, scope, chosen, change, missing }: Props): ReactNode {
  const t = useT();
  return (
    <>
      {blocks.length > 0 && (
        <ChoiceGroup legend={t("staff.batch.blocks")} hint={t("staff.batch.blocks_hint")} look="tight">
          {blocks.map(({ id, title }) => (
            <Choice
              key={id}
              type="checkbox"
              look="plain"
              name="stapel-bausteine"
              checked={chosen.blocks.includes(id)}
              onChange={({ target }) => change({ blocks: toggled(chosen.blocks, id, target.checked) })}
            >
              {title}
            </Choice>
          ))}
        </ChoiceGroup>
      )}
      <LongText
        id="stapel-text-frei"
        label={t("staff.batch.reason")}
        hint={t("staff.batch.reason_hint")}
        error={missing === "reason" ? t("staff.batch.missing.reason") : undefined}
        value={chosen.reason}
        onChange={(reason) => change({ reason })}
      />
      {chosen.reason.trim() !== "" && (
        <Translations languages={scope?.languages ?? null} chosen={chosen} change={change} missing={missing} />
      )}
    </>
  );
}

interface TranslationsProps extends Pick<Props, "chosen" | "change" | "missing"> {
  /** Null while they are not known. */
  languages: BatchScope["languages"] | null;
}

/** A field for each language in which somebody of the chosen cases reads, and for what was typed for others before. */
function Translations({ languages, chosen, change, missing }: TranslationsProps): ReactNode {
  const t = useT();
  // Open from the start only: emptying the last field must not fold it away.
  const [open] = useState(() => Object.values(chosen.translations).some(({ text }) => text.trim()));
  const foreign = languagesOf(languages, chosen.translations);
  if (foreign.length === 0) return null;
  const put = (language: string, translated: Translated) =>
    change({ translations: { ...chosen.translations, [language]: translated } });
  return (
    <details open={open || undefined}>
      <summary>{t("staff.batch.translations")}</summary>
      <p>{t("staff.batch.translations.text")}</p>
      {foreign.map(({ language, cases }) => (
        <OneLanguage
          key={language}
          language={language}
          cases={cases}
          value={chosen.translations[language] ?? { text: "", confirmed: false }}
          onChange={(translated) => put(language, translated)}
          unread={missing === "confirm"}
        />
      ))}
    </details>
  );
}

interface OneProps {
  language: string;
  /** How many of the cases; null while that is not known. */
  cases: number | null;
  value: Translated;
  onChange: (value: Translated) => void;
  /** Somebody has to say of each translation that it was read. */
  unread: boolean;
}

function OneLanguage({ language, cases, value, onChange, unread }: OneProps): ReactNode {
  const t = useT();
  const { direction } = isLanguage(language) ? LANGUAGE_FACTS[language] : LANGUAGE_FACTS.de;
  const written = value.text.trim() !== "";
  const name = languageName(language);
  const box = `${READ}${language}`;
  const faulty = unread && written && !value.confirmed;
  return (
    <>
      <LongText
        id={`stapel-text-${language}`}
        label={
          cases === null
            ? t("staff.acting.translation", { language: name })
            : t("staff.batch.translation", { language: name, count: cases })
        }
        hint={cases === 0 && t("staff.batch.translation.outside")}
        optional
        rows={3}
        lang={htmlLanguage(language)}
        dir={direction}
        value={value.text}
        onChange={(text) => onChange({ text, confirmed: false })}
      />
      {faulty && <FieldMessage id={`${box}-fehler`}>{t("staff.batch.missing.confirm")}</FieldMessage>}
      {written && (
        <Choice
          id={box}
          aria-invalid={faulty || undefined}
          aria-describedby={faulty ? `${box}-fehler` : undefined}
          type="checkbox"
          look="plain"
          checked={value.confirmed}
          onChange={({ target }) => onChange({ ...value, confirmed: target.checked })}
        >
          {t("staff.batch.translation.confirm", { language: name })}
        </Choice>
      )}
    </>
  );
}
