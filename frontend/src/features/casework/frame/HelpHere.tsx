/** What a screen is for and how to work with it, on the screen itself. */
import type { ReactNode } from "react";
import { useT, type MessageId } from "../../../i18n/text";
import styles from "./HelpHere.module.css";

type HelpId = Extract<MessageId, `staff.here.${string}`>;

export function HelpHere({ text }: { text: HelpId }): ReactNode {
  // Texts of this kind hold no values, which the general signature cannot know.
  const t = useT() as (id: HelpId | "staff.help.here") => string;
  return (
    <details className={styles["here"]}>
      <summary>{t("staff.help.here")}</summary>
      {t(text)
        .split("\n")
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
    </details>
  );
}
