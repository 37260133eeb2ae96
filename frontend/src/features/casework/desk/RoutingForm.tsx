/** The rules of one office: in order, the first that fits a new case counts; saved only on what was seen. */
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Note } from "../../../ui/Note";
import type { Routing } from "../types";
import { setRouting } from "./api";
import { RuleRow } from "./RuleRow";
import { emptyRule, faultOf, moved, typedRule, wishOf, type TypedRule } from "./rules";

const focusRule = (key: number) =>
  setTimeout(() =>
    (document.getElementById(`regel-${String(key)}-name`) ?? document.getElementById("regeln"))?.focus(),
  );

export function RoutingForm({ routing, queryKey }: { routing: Routing; queryKey: readonly unknown[] }): ReactNode {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const { busy, problem, run } = useAction();
  const [rules, setRules] = useState<readonly TypedRule[]>(() => routing.items.map(typedRule));
  const [nextKey, setNextKey] = useState(routing.items.length);
  const [judged, setJudged] = useState(false);
  const change = (key: number) => (rule: TypedRule) =>
    setRules((before) => before.map((one) => (one.key === key ? rule : one)));
  const add = () => {
    setRules((before) => [...before, emptyRule(nextKey)]);
    setNextKey((key) => key + 1);
    focusRule(nextKey);
  };
  const remove = (key: number) => {
    setRules((before) => before.filter((one) => one.key !== key));
    announce(t("staff.routing.removed"));
    focusRule(-1);
  };
  const move = (place: number, step: 1 | -1) => {
    const key = rules[place]?.key ?? -1;
    setRules((before) => moved(before, place, step));
    announce(t("staff.routing.moved", { place: place + step + 1 }));
    focusRule(key);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    const faulty = rules.find((rule) => faultOf(rule) !== null);
    if (faulty) return void focusRule(faulty.key);
    return void run(async () => {
      client.setQueryData(queryKey, await setRouting(routing, rules.map(wishOf)));
      announce(t("staff.routing.saved"));
    });
  };
  return (
    <form onSubmit={save} noValidate aria-labelledby="regeln">
      <h2 id="regeln" tabIndex={-1}>
        {t("staff.routing.rules")}
      </h2>
      <p className="t2">{t("staff.routing.text")}</p>
      {rules.length === 0 && <p className="t3">{t("staff.routing.none")}</p>}
      {rules.map((rule, place) => (
        <RuleRow
          key={rule.key}
          rule={rule}
          place={place + 1}
          last={place === rules.length - 1}
          judged={judged}
          onChange={change(rule.key)}
          onMove={(step) => move(place, step)}
          onRemove={() => remove(rule.key)}
        />
      ))}
      {problem && (
        <Note kind="warn" className="t4">
          <p role="alert">{problem.status === 412 ? t("staff.routing.changed") : problemText(problem, t, format)}</p>
        </Note>
      )}
      <div className="actions">
        <Button type="submit" busy={busy}>
          {t("staff.routing.save")}
        </Button>
        <Button look="second" onClick={add}>
          {t("staff.routing.add")}
        </Button>
      </div>
    </form>
  );
}
