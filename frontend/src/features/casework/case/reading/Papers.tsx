/** Evidence as small sheets that open in the viewer; what is not clean says why it stays closed. */
import { useState, type ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { TextButton } from "../../../../ui/Button";
import { viewAddress } from "./api";
import type { Case } from "../../types";
import type { Attachment } from "./answers";
import styles from "./case.module.css";
import { Viewer } from "./Viewer";

const SMALL = 480;

export function Papers({ item, files }: { item: Case; files: readonly Attachment[] }): ReactNode {
  if (files.length === 0) return null;
  return (
    <div className={styles["papers"]}>
      {files.map((file) => (
        <Paper key={file.attachment_id} reference={item.line.reference} file={file} />
      ))}
    </div>
  );
}

function Paper({ reference, file }: { reference: string; file: Attachment }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [drawn, setDrawn] = useState(true);
  const { attachment_id, name, state, pages, purpose } = file;
  const more = [
    pages ? t("staff.case.file.pages", { count: pages }) : "",
    purpose === "request" ? t("staff.case.file.purpose.request") : "",
    purpose === "message" ? t("staff.case.file.purpose.message") : "",
  ].filter(Boolean);
  if (state !== "clean") {
    return (
      <figure className={styles["paper"]}>
        <figcaption>
          <p>
            <bdi>{name}</bdi>
          </p>
          <Closed file={file} />
        </figcaption>
      </figure>
    );
  }
  return (
    <>
      <figure className={styles["paper"]}>
        {drawn && (
          <img
            src={viewAddress(reference, attachment_id, 1, SMALL)}
            alt=""
            loading="lazy"
            onError={() => setDrawn(false)}
          />
        )}
        <figcaption>
          <TextButton aria-haspopup="dialog" onClick={() => setOpen(true)}>
            <bdi>{name}</bdi>
          </TextButton>
          {more.length > 0 && <small>{more.join(", ")}</small>}
        </figcaption>
      </figure>
      {open && <Viewer reference={reference} file={file} onClose={() => setOpen(false)} />}
    </>
  );
}

function Closed({ file: { state, reason } }: { file: Attachment }): ReactNode {
  const t = useT();
  if (state === "infected") return <small>{t("staff.case.file.infected")}</small>;
  if (state === "failed") {
    return <small>{t(reason === "scanner_unavailable" ? "staff.case.file.scanner" : "staff.case.file.failed")}</small>;
  }
  return <small>{t("staff.case.file.pending")}</small>;
}
