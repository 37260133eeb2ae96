/** The letter of a decision on its way, exactly as it will be sent, with its PDF. */
import type { ReactNode } from "react";
import { useT } from "../../../../i18n/text";
import { OutsideLink } from "../../../../ui/Button";
import { proposedLetterAddress, type Preview } from "./api";
import { LetterPreview } from "./LetterPreview";

export function ProposedLetter({ preview, reference }: { preview: Preview; reference: string }): ReactNode {
  const t = useT();
  return (
    <LetterPreview preview={preview}>
      <p>
        <OutsideLink href={proposedLetterAddress(reference)}>{t("staff.acting.letter.pdf")}</OutsideLink>
      </p>
    </LetterPreview>
  );
}
