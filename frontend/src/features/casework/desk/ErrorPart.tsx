/** A part of a page that could not be read; the rest of the page stays. */
import type { ReactNode } from "react";
import { toProblem } from "../../../api/problem";
import { problemText } from "../../../api/problemText";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Note } from "../../../ui/Note";

export function ErrorPart({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  const t = useT();
  const format = useFormat();
  return (
    <Note kind="warn" className="t4">
      <p role="alert">{problemText(toProblem(error), t, format)}</p>
      <div className="actions">
        <Button look="second" onClick={retry}>
          {t("common.retry")}
        </Button>
      </div>
    </Note>
  );
}
