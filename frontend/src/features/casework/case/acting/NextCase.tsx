/** On to the next case that waits, without the way over the list. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useAction } from "../../../../api/useAction";
import { useFormat } from "../../../../i18n/format";
import { useT } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { takeNextCase } from "../../api";
import { actProblemText } from "./problems";

export function NextCase(): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { busy, problem, run } = useAction();
  const next = () =>
    void run(async () => {
      const { reference } = await takeNextCase();
      navigate(`/vorgang/${reference}`);
    });
  return (
    <>
      <Button busy={busy} onClick={next}>
        {t("staff.acting.next")}
      </Button>
      {problem && <p role="alert">{actProblemText(problem, t, format)}</p>}
    </>
  );
}
