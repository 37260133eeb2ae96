/** Labels of the case: read, add, take away. Only the office sees them. */
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { useAction } from "../../../../api/useAction";
import { useT } from "../../../../i18n/text";
import { announce } from "../../../../lib/announce";
import { Button, TextButton } from "../../../../ui/Button";
import { Field } from "../../../../ui/Field";
import { Tag } from "../../../../ui/Tag";
import { useProfile } from "../../queries";
import { Refused } from "../acting/Refused";
import type { ActsOn } from "../acting/useAct";
import { labelCase } from "./api";
import styles from "./case.module.css";
import { Panel } from "./Panel";

const LONGEST = 40;

export function Labels(acts: ActsOn): ReactNode {
  const t = useT();
  const { item } = acts;
  const { labels } = item.line;
  const { data: me } = useProfile();
  return (
    <Panel title={t("staff.case.labels")}>
      {labels.length === 0 && <p className="muted">{t("staff.case.labels.none")}</p>}
      {labels.length > 0 && (
        <ul className={styles["labels"]}>
          {labels.map((label) => (
            <li key={label}>
              <Tag>{label}</Tag>
            </li>
          ))}
        </ul>
      )}
      {me?.can["case.batch"] && (
        <details className={styles["more"]}>
          <summary>{t("staff.case.labels.edit")}</summary>
          <Edit {...acts} />
        </details>
      )}
    </Panel>
  );
}

function Edit({ item, onDone }: ActsOn): ReactNode {
  const t = useT();
  const { reference, labels } = item.line;
  const { busy, problem, attempt, run } = useAction();
  const [label, setLabel] = useState("");
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const input = () => form.current?.querySelector("input")?.focus();
  const change = (add: string[], remove: string[], said: string) =>
    void run(async () => {
      onDone(await labelCase(reference, add, remove));
      if (add.length > 0) setLabel("");
      announce(said);
      input();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = label.trim();
    setMissing(wanted === "");
    if (wanted === "") input();
    else change([wanted], [], t("staff.case.labels.added", { label: wanted }));
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Refused problem={problem} faults={{ lines: [], attempt }} />
      <Field
        id="new-label"
        label={t("staff.case.labels.new")}
        hint={t("staff.case.labels.hint")}
        error={missing ? t("staff.case.labels.missing") : undefined}
        value={label}
        maxLength={LONGEST}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("staff.case.labels.add")}
        </Button>
      </div>
      <ul className={styles["plain"]}>
        {labels.map((each) => (
          <li key={each}>
            <TextButton
              aria-disabled={busy || undefined}
              onClick={() => change([], [each], t("staff.case.labels.removed", { label: each }))}
            >
              {t("staff.case.labels.remove", { label: each })}
            </TextButton>
          </li>
        ))}
      </ul>
    </form>
  );
}
