/** The search field; asks only when it is sent, never while typing. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import styles from "./SearchForm.module.css";

interface Props {
  /** Words of the last search. */
  asked?: string;
  /** On the deep blue head the button is white. */
  onDeep?: boolean;
}

export function SearchForm({ asked = "", onDeep = false }: Props): ReactNode {
  const t = useT();
  const [, navigate] = useLocation();
  const [words, setWords] = useState(asked);
  const search = (event: FormEvent) => {
    event.preventDefault();
    navigate(`/suche?${new URLSearchParams({ q: words.trim() })}`);
  };
  return (
    <form role="search" onSubmit={search} className={`${styles["form"]} ${onDeep ? styles["deep"] : ""}`}>
      <label className={styles["label"]} htmlFor="q">
        {t("catalogue.search.label")}
      </label>
      <p className={styles["hint"]} id="q-hint">
        {t("catalogue.search.hint")}
      </p>
      <div className={styles["search"]}>
        <input
          type="search"
          id="q"
          name="q"
          aria-describedby="q-hint"
          autoComplete="off"
          maxLength={200}
          dir="auto"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button type="submit">{t("catalogue.search.button")}</Button>
      </div>
    </form>
  );
}
