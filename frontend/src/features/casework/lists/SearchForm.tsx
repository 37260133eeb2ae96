/** Search by number, by name, or by name and date of birth; sent in the body, so that no name stands in an address. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { DayField } from "../frame/DayField";
import { searchCases } from "./api";
import styles from "./FilterForm.module.css";
import type { Found } from "./queries";
import { soughtOf, type Missing } from "./sought";

interface Props {
  found: Found | null;
  onFound: (found: Found | null) => void;
}

export function SearchForm({ found, onFound }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const { busy, problem, run } = useAction();
  const [text, setText] = useState(found?.text ?? "");
  const [born, setBorn] = useState(found?.born ?? "");
  const [missing, setMissing] = useState<Missing | null>(null);
  const refused = problem && (problem.status === 422 ? t("staff.search.refused") : problemText(problem, t, format));
  const search = (event: FormEvent) => {
    event.preventDefault();
    const sought = soughtOf(text, born);
    const fault = typeof sought === "string" ? sought : null;
    setMissing(fault);
    if (typeof sought === "string") return document.getElementById(sought === "date" ? "geboren" : "suche")?.focus();
    return void run(async () => {
      const page = await searchCases(sought);
      onFound({ text, born, page });
      announce(t("staff.search.found", { count: page.items.length }));
    });
  };
  const end = () => {
    setText("");
    setBorn("");
    onFound(null);
    document.getElementById("suche")?.focus();
  };
  return (
    <form className={styles["toolbar"]} role="search" onSubmit={search} noValidate aria-label={t("staff.search.label")}>
      <Field
        id="suche"
        label={t("staff.search.text")}
        type="search"
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
        error={missing && missing !== "date" ? t(`staff.search.missing.${missing}`) : (refused ?? undefined)}
      />
      <DayField
        id="geboren"
        label={t("staff.search.born")}
        value={born}
        onChange={setBorn}
        error={missing === "date" ? t("staff.day.error") : undefined}
      />
      <div className={styles["send"]}>
        <Button type="submit" look="second" busy={busy}>
          {t("staff.search.submit")}
        </Button>
        {found && (
          <Button look="second" onClick={end}>
            {t("staff.search.end")}
          </Button>
        )}
      </div>
    </form>
  );
}
