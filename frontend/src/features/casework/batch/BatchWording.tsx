/** The words of a batch: text blocks, free German text, and its translation into the languages of the chosen cases. */
import type { ReactNode } from "react";
import { htmlLanguage, isLanguage, LANGUAGE_FACTS } from "../../../i18n/languages";
import { useT } from "../../../i18n/text";
import { Choice, ChoiceGroup } from "../../../ui/Choice";
import type { TextBlock } from "../case/acting/api";
import { LongText } from "../case/acting/LongText";
import { toggled } from "../case/acting/WordingFields";
import { languageName } from "../case/acting/words";
import type { BatchScope } from "./api";
import type { Chosen, Missing, Translated } from "./model";

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
      {chosen.reason.trim() !== "" && scope && (
        <Translations scope={scope} chosen={chosen} change={change} missing={missing} />
      )}
    </>
  );
}

type TranslationsProps = Pick<Props, "chosen" | "change" | "missing"> & { scope: BatchScope };

/** A field for each language in which somebody of the chosen cases reads; all of them, or none. */
function Translations({ scope, chosen, change, missing }: TranslationsProps): ReactNode {
  const t = useT();
  const foreign = scope.languages.filter(({ language }) => language !== "de");
  if (foreign.length === 0) return null;
  const typed = Object.values(chosen.translations).some(({ text }) => text.trim());
  const put = (language: string, translated: Translated) =>
    change({ translations: { ...chosen.translations, [language]: translated } });
  return (
    <details open={typed || undefined}>
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
  cases: number;
  value: Translated;
  onChange: (value: Translated) => void;
  /** Somebody has to say of each translation that it was read. */
  unread: boolean;
}

function OneLanguage({ language, cases, value, onChange, unread }: OneProps): ReactNode {
  const t = useT();
  const { direction } = isLanguage(language) ? LANGUAGE_FACTS[language] : LANGUAGE_FACTS.de;
  const written = value.text.trim() !== "";
  return (
    <>
      <LongText
        id={`stapel-text-${language}`}
        label={t("staff.batch.translation", { language: languageName(language), count: cases })}
        optional
        rows={3}
        lang={htmlLanguage(language)}
        dir={direction}
        error={unread && written && !value.confirmed ? t("staff.batch.missing.confirm") : undefined}
        value={value.text}
        onChange={(text) => onChange({ text, confirmed: false })}
      />
      {written && (
        <Choice
          type="checkbox"
          look="plain"
          checked={value.confirmed}
          onChange={({ target }) => onChange({ ...value, confirmed: target.checked })}
        >
          {t("staff.acting.translation.confirm")}
        </Choice>
      )}
    </>
  );
}
