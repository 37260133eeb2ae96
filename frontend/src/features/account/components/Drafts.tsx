/** Applications that were started: go on, or delete after asking. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { rescueFocus } from "../../../lib/navigation";
import { Button, TextButton, TextLink } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Ready } from "../../../ui/Ready";
import { deleteDraft } from "../api";
import { useAgain, useDrafts } from "../queries";
import type { DraftSummary } from "../types";
import styles from "./area.module.css";

export function Drafts(): ReactNode {
  const t = useT();
  const [going, setGoing] = useState<DraftSummary | null>(null);
  const reading = useDrafts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its draft.
    if (!going) rescueFocus(heading.current);
  }, [going, reading.data]);
  return (
    <section className="section" aria-labelledby="drafts">
      <h2 id="drafts" tabIndex={-1} ref={heading}>
        {t("account.drafts.title")}
      </h2>
      <Ready reading={reading}>
        {(drafts) =>
          drafts.length === 0 ? (
            <p className="t3 muted">{t("account.drafts.none")}</p>
          ) : (
            <ul className={styles["list"]}>
              {drafts.map((draft) => (
                <Draft key={draft.draft_id} draft={draft} onDelete={() => setGoing(draft)} />
              ))}
            </ul>
          )
        }
      </Ready>
      {going && <DeleteDialog draft={going} onClose={() => setGoing(null)} />}
    </section>
  );
}

function Draft({ draft, onDelete }: { draft: DraftSummary; onDelete: () => void }): ReactNode {
  const t = useT();
  const format = useFormat();
  const { title, service, draft_id } = draft;
  return (
    <li>
      <h3>
        <LocalizedText text={title} />
      </h3>
      <p className="muted">{t("account.drafts.saved", { time: format.moment(draft.touched_at) })}</p>
      <p className="muted">{t("account.drafts.kept", { date: format.date(draft.expires_at) })}</p>
      <div className={styles["acts"]}>
        <TextLink href={`/antrag/${service}/${draft_id}`} label={`${t("account.drafts.continue")}: ${title.text}`}>
          {t("account.drafts.continue")}
        </TextLink>
        <TextButton onClick={onDelete} aria-label={`${t("account.drafts.delete")}: ${title.text}`}>
          {t("account.drafts.delete")}
        </TextButton>
      </div>
    </li>
  );
}

function DeleteDialog({ draft, onClose }: { draft: DraftSummary; onClose: () => void }): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("drafts");
  const { busy, problem, run } = useAction();
  const remove = () =>
    void run(async () => {
      await deleteDraft(draft);
      await again();
      onClose();
      announce(t("account.drafts.deleted"));
    });
  return (
    <Dialog open title={t("account.drafts.delete.title")} describedBy="delete-text" onClose={onClose}>
      <p id="delete-text">{t("account.drafts.delete.text", { service: draft.title.text })}</p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      <div className="actions">
        <Button look="danger" busy={busy} onClick={remove}>
          {t("account.drafts.delete")}
        </Button>
        <Button look="second" onClick={onClose}>
          {t("account.keep")}
        </Button>
      </div>
    </Dialog>
  );
}
