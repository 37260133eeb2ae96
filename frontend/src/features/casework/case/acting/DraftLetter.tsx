/** A look at the letter before anything is decided: on the page, and as the PDF that would leave. */
import { useState, type ReactNode } from "react";
import type { ApiProblem } from "../../../../api/problem";
import { useAction } from "../../../../api/useAction";
import { useT } from "../../../../i18n/text";
import { announce } from "../../../../lib/announce";
import { TextButton } from "../../../../ui/Button";
import type { Case } from "../../types";
import { getDraftLetter, previewDecision, type Preview } from "./api";
import type { DecisionBody } from "./filling";
import { LetterPreview } from "./LetterPreview";

export interface Draft {
  busy: boolean;
  problem: ApiProblem | null;
  attempt: number;
  shown: { preview: Preview; of: string } | null;
  look: (body: DecisionBody) => void;
  save: (body: DecisionBody) => void;
}

/** Tells whether the letter on the page is still the one of what is typed. */
const nameOf = (body: DecisionBody): string => JSON.stringify(body);

export function useDraftLetter(item: Case): Draft {
  const t = useT();
  const { busy, problem, attempt, run } = useAction();
  const [shown, setShown] = useState<Draft["shown"]>(null);
  return {
    busy,
    problem,
    attempt,
    shown,
    look: (body) =>
      void run(async () => {
        setShown({ preview: await previewDecision(item.line.reference, body), of: nameOf(body) });
        announce(t("staff.acting.preview.shown"));
      }),
    save: (body) =>
      void run(async () =>
        saveFile(await getDraftLetter(item.line.reference, body), `entwurf-${item.line.reference}.pdf`),
      ),
  };
}

/** Hands a file to the browser, which asks or saves as the person set it up. */
function saveFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function DraftLetter({ draft, body }: { draft: Draft; body: DecisionBody }): ReactNode {
  const t = useT();
  if (!draft.shown) return null;
  return (
    <LetterPreview preview={draft.shown.preview}>
      {draft.shown.of === nameOf(body) ? (
        <TextButton onClick={() => draft.save(body)}>{t("staff.acting.preview.pdf")}</TextButton>
      ) : (
        <p>{t("staff.acting.preview.old")}</p>
      )}
    </LetterPreview>
  );
}
