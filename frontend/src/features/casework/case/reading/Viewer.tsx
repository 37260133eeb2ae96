/** One file of the evidence, page by page: larger and smaller, the text of the page where there is one, and the file itself. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { announce } from "../../../../lib/announce";
import { Button, OutsideLink } from "../../../../ui/Button";
import { Dialog } from "../../../../ui/Dialog";
import { fileAddress, readText, viewAddress } from "./api";
import { Region } from "../../../../ui/Region";
import type { Attachment } from "./answers";
import styles from "./Viewer.module.css";
import { keyMeaning, stepped, widthFor, ZOOMS, type Turn } from "./zoom";

interface Props {
  reference: string;
  file: Attachment;
  onClose: () => void;
}

export function Viewer({ reference, file, onClose }: Props): ReactNode {
  const t = useT();
  const hint = useId();
  const { attachment_id, name } = file;
  const total = file.pages ?? 1;
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState<number>(ZOOMS[1]);
  const [failed, setFailed] = useState(false);
  const turn = (what: Turn) => {
    if (what === "back" || what === "next") {
      const to = Math.min(total, Math.max(1, page + (what === "next" ? 1 : -1)));
      setFailed(false);
      setPage(to);
      announce(t("staff.case.view.page", { page: to, total }));
    } else {
      const to = stepped(zoom, what);
      setZoom(to);
      announce(t("staff.case.view.zoom", { percent: to }));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const what = keyMeaning(event);
    if (!what) return;
    event.preventDefault();
    turn(what);
  };
  return (
    <Dialog open title={name} onClose={onClose} describedBy={hint} wide>
      {/* Keys only work while the viewer is open and has focus; every one of them has a button. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- see the line above */}
      <div onKeyDown={onKeyDown} className={styles["inside"]}>
        <div className={styles["bar"]}>
          <p className="nums">{t("staff.case.view.page", { page, total })}</p>
          {total > 1 && (
            <>
              <Button look="second" onClick={() => turn("back")}>
                {t("staff.case.view.back")}
              </Button>
              <Button look="second" onClick={() => turn("next")}>
                {t("staff.case.view.next")}
              </Button>
            </>
          )}
          <Button look="second" onClick={() => turn("smaller")}>
            {t("staff.case.view.smaller")}
          </Button>
          <Button look="second" onClick={() => turn("larger")}>
            {t("staff.case.view.larger")}
          </Button>
          <OutsideLink href={fileAddress(reference, attachment_id)}>{t("staff.case.view.download")}</OutsideLink>
          <Button look="second" onClick={onClose}>
            {t("staff.case.view.close")}
          </Button>
        </div>
        {failed ? (
          <p>{t("staff.case.view.failed")}</p>
        ) : (
          <Region label={t("staff.case.view.sheet")} className={styles["sheet"]} data-zoom={zoom}>
            <img
              key={`${String(page)}-${String(widthFor(zoom))}`}
              src={viewAddress(reference, attachment_id, page, widthFor(zoom))}
              alt={t("staff.case.view.image", { name, page, total })}
              onError={() => setFailed(true)}
            />
          </Region>
        )}
        {file.has_text && <PageText reference={reference} attachment={attachment_id} page={page} />}
        <p id={hint} className="muted small">
          {t("staff.case.view.keys")}
        </p>
      </div>
    </Dialog>
  );
}

function PageText({ reference, attachment, page }: { reference: string; attachment: string; page: number }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { data, isError } = useQuery({
    queryKey: ["casework", "file-text", reference, attachment],
    queryFn: ({ signal }) => readText(reference, attachment, signal),
    enabled: open,
    staleTime: Infinity,
    gcTime: 0,
  });
  const text = data?.pages[page - 1]?.trim();
  return (
    <details className={styles["text"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("staff.case.view.text")}</summary>
      {data || isError ? (
        <p>{text || t("staff.case.view.text.none")}</p>
      ) : (
        <p className="muted" aria-busy="true">
          {t("staff.case.view.text.waiting")}
        </p>
      )}
    </details>
  );
}
