/** One button to the account provider, with what went wrong on the way there. */
import type { ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { signIn, type Wanted } from "../../../api/session";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useLanguage } from "../../../i18n/language";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { Note } from "../../../ui/Note";

interface Props {
  wanted: Wanted;
  /** A higher level for who is signed in already. */
  stepUp?: boolean;
  look?: "filled" | "second";
  children?: ReactNode;
}

export function SignInBox({ wanted, stepUp = false, look = "filled", children }: Props): ReactNode {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { busy, problem, run } = useAction();
  return (
    <>
      {problem && (
        <div role="alert" className="t4">
          <Note kind="warn">
            <p>{problemText(problem, t, format)}</p>
          </Note>
        </div>
      )}
      <div className="actions">
        <Button look={look} busy={busy} onClick={() => void run(() => signIn(wanted, language, stepUp))}>
          {children ?? t("account.sign_in")}
        </Button>
      </div>
    </>
  );
}
