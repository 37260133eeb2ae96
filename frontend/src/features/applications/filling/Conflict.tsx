/** Another window was faster: both answers side by side, and the person says which ones count. */
import type { ReactNode } from "react";
import { T, useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { LocalizedText } from "../../../ui/LocalizedText";
import type { PageView } from "../engine/visibility";
import { AnswerText } from "../fields/AnswerText";
import own from "../fields/fields.module.css";
import { at, pointerOf, read, same } from "../model";
import type { Draft } from "../types";
import type { Opened } from "./DraftGate";
import { fieldsOf, type FilledPage } from "./usePage";

interface Props {
  opened: Opened;
  filled: FilledPage;
  other: Draft;
  view: PageView;
}

export function Conflict({ opened, filled, other, view }: Props): ReactNode {
  const t = useT();
  const { form, words } = opened;
  const differing = fieldsOf(form, view).filter(
    ({ node, path }) =>
      node["x-type"] !== "file" && !same(read(node, at(filled.answers, path)), at(other.answers, path)),
  );
  const text = (
    which: "here" | "there",
    path: (typeof differing)[number]["path"],
    node: (typeof differing)[number]["node"],
  ) => (
    <AnswerText
      node={node}
      path={path}
      words={words}
      value={which === "here" ? read(node, at(filled.answers, path)) : at(other.answers, path)}
    />
  );
  return (
    <ErrorSummary attempt={other.revision} faults={[{ text: t("applications.conflict.title") }]}>
      <p className="t3">{t("applications.conflict.text")}</p>
      {differing.length === 0 && <p className="t3">{t("applications.conflict.same")}</p>}
      <dl className={`t3 ${own["answers"]}`}>
        {differing.map(({ node, path }) => (
          <div key={pointerOf(path)}>
            <dt>
              <LocalizedText text={words.label(path)} />
            </dt>
            <dd>
              <T id="applications.conflict.here" values={{ value: text("here", path, node) }} />
              <br />
              <T id="applications.conflict.there" values={{ value: text("there", path, node) }} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <Button look="second" busy={filled.busy} onClick={filled.keepMine}>
          {t("applications.conflict.mine")}
        </Button>
        <Button look="second" onClick={filled.takeTheirs}>
          {t("applications.conflict.theirs")}
        </Button>
      </div>
    </ErrorSummary>
  );
}
