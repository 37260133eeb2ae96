/** The binding step: sent once per intent, also when the answer is lost on the way; what changed meanwhile is shown. */
import { useRef } from "react";
import { useLocation } from "wouter";
import { toProblem, type ApiProblem } from "../../../api/problem";
import { useAction } from "../../../api/useAction";
import { useLanguage } from "../../../i18n/language";
import { submit } from "../api";
import { saveCode } from "../codes";
import type { Check, Draft } from "../types";

interface Submit {
  busy: boolean;
  problem: ApiProblem | null;
  attempt: number;
  start: (check: Check, electronic: boolean) => void;
}

/** Refusals after which the draft and its check have to be read anew. */
const STALE = new Set(["changed_elsewhere", "form_changed", "fee_changed"]);

export function useSubmit(draft: Draft, again: () => Promise<unknown>): Submit {
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { busy, problem, attempt, run } = useAction();
  const intent = useRef({ body: "", key: "" });
  const start = (check: Check, electronic: boolean) =>
    void run(async () => {
      const sending = {
        content_hash: check.content_hash,
        fee_cents: check.fee.cents,
        electronic_delivery: electronic,
        language,
      };
      const body = JSON.stringify([draft.revision, sending]);
      if (intent.current.body !== body) intent.current = { body, key: crypto.randomUUID() };
      try {
        const sent = await submit(draft, sending, intent.current.key);
        if (sent.code) saveCode(sent.reference, sent.code);
        navigate(`/antraege/${sent.reference}`, { replace: true, state: { news: "sent" } });
      } catch (error) {
        if (STALE.has(toProblem(error).code)) await again();
        throw error;
      }
    });
  return { busy, problem, attempt, start };
}
