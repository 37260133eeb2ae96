/** Keeping the filters on the screen under a name, and forgetting kept ones. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, TextButton } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { removeView, saveView } from "./api";
import { queryOf, type Place } from "./filters";
import styles from "./FilterForm.module.css";
import { useViews, useViewsAgain } from "./queries";

export function SavedViews({ place }: { place: Place }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { data: views = [] } = useViews();
  const again = useViewsAgain();
  const { busy, problem, run } = useAction();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const refused =
    problem && (problem.code === "too_many_views" ? t("staff.view.too_many") : problemText(problem, t, format));
  const save = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!name.trim());
    if (!name.trim()) return document.getElementById("ansicht")?.focus();
    return void run(async () => {
      await saveView(name.trim(), queryOf(place));
      await again();
      announce(t("staff.view.saved", { name: name.trim() }));
      setName("");
    });
  };
  const remove = (id: string, gone: string) =>
    void run(async () => {
      await removeView(id);
      await again();
      announce(t("staff.view.removed", { name: gone }));
      document.getElementById("ansichten")?.focus();
    });
  return (
    <details className={styles["more"]}>
      <summary id="ansichten">{t("staff.view.manage")}</summary>
      <form className={styles["toolbar"]} onSubmit={save} noValidate>
        <Field
          id="ansicht"
          label={t("staff.view.name")}
          hint={t("staff.view.hint")}
          maxLength={80}
          value={name}
          onChange={({ target }) => setName(target.value)}
          error={missing ? t("staff.view.name_missing") : (refused ?? undefined)}
        />
        <div className={styles["send"]}>
          <Button type="submit" look="second" busy={busy}>
            {t("staff.view.save")}
          </Button>
        </div>
      </form>
      {views.length > 0 && (
        <ul className={styles["kept"]}>
          {views.map((view) => (
            <li key={view.id}>
              <bdi>{view.name}</bdi>
              <TextButton
                onClick={() => remove(view.id, view.name)}
                aria-label={t("staff.view.remove_named", { name: view.name })}
              >
                {t("staff.view.remove")}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
