/** "The next case for me": the most urgent free one becomes mine and opens. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { takeNextCase } from "../api";
import styles from "./FilterForm.module.css";
import { useListsAgain } from "./queries";

/** `service` is the one that the list is limited to, if it is. */
export function TakeNext({ service }: { service: string }): ReactNode {
  const t = useT();
  const format = useFormat();
  const [, navigate] = useLocation();
  const again = useListsAgain();
  const { busy, problem, run } = useAction();
  const take = () =>
    void run(async () => {
      const { reference } = await takeNextCase(service ? [service] : []);
      void again();
      navigate(`/vorgang/${reference}`);
    });
  return (
    <div className={styles["take"]}>
      <Button busy={busy} onClick={take} id="naechster">
        {t("staff.list.take_next")}
      </Button>
      {problem && (
        <p role="alert">
          {problem.code === "nothing_to_take" ? t("staff.list.nothing_to_take") : problemText(problem, t, format)}
        </p>
      )}
    </div>
  );
}
