/** What must be known before anything is done: who else is here, what changed meanwhile, what fails to leave the house. */
import { useEffect, useRef, type ReactNode } from "react";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { announce } from "../../../../lib/announce";
import { rescueFocus } from "../../../../lib/navigation";
import { Button } from "../../../../ui/Button";
import { Note } from "../../../../ui/Note";
import type { Case } from "../../types";
import type { Presence } from "./api";
import styles from "./case.module.css";
import { eventsSince } from "./events";
import { EventList } from "./Log";
import { momentText } from "./words";

interface Props {
  item: Case;
  heard: Presence;
  /** The revision that this person knows of: opened with, or made by the own last act. */
  known: number;
  onShow: () => void;
  onRead: () => void;
}

export function Notices({ item, heard, known, onShow, onRead }: Props): ReactNode {
  const t = useT();
  return (
    <div className={styles["notes"]}>
      <Trouble item={item} />
      <Present present={heard.present} />
      {item.revision > known ? (
        <Changed item={item} known={known} onRead={onRead} />
      ) : (
        heard.revision > item.revision && (
          <Note kind="warn">
            <h2 className="h3">{t("staff.case.changed.title")}</h2>
            <p>{t("staff.case.changed.newer")}</p>
            <div className="actions">
              <Button look="second" onClick={onShow}>
                {t("staff.case.changed.show")}
              </Button>
            </div>
          </Note>
        )
      )}
    </div>
  );
}

function Changed({ item, known, onRead }: Pick<Props, "item" | "known" | "onRead">): ReactNode {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    announce(t("staff.case.changed.title"));
    // Who asked for it lost the pressed button and reads on here; who types keeps the place.
    rescueFocus(heading.current);
  }, [t, item.revision]);
  return (
    <Note kind="warn">
      <h2 className="h3" ref={heading} tabIndex={-1}>
        {t("staff.case.changed.title")}
      </h2>
      <p>{t("staff.case.changed.text")}</p>
      <EventList events={eventsSince(item.timeline, known)} />
      <p>{t("staff.case.changed.kept")}</p>
      <div className="actions">
        <Button look="second" onClick={onRead}>
          {t("staff.case.changed.seen")}
        </Button>
      </div>
    </Note>
  );
}

function Present({ present }: { present: Case["present"] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const names = format.list(present.map(({ name }) => name ?? t("staff.case.present.somebody")));
  const said = names && t("staff.case.present", { names });
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  return said ? (
    <Note>
      <p>{said}</p>
    </Note>
  ) : null;
}

function Trouble({ item }: { item: Case }): ReactNode {
  const t = useT();
  const format = useFormat();
  return item.trouble.map(({ kind, since, tries }) => (
    <Note kind="warn" key={kind}>
      <p>
        {t(kind === "letter" ? "staff.case.trouble.letter" : "staff.case.trouble.mail", {
          time: momentText(since, t, format),
          tries,
        })}
      </p>
    </Note>
  ));
}
