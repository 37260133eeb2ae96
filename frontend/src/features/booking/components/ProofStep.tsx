/** The proof of work: a plain button and words, no puzzle; only when the server asks. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { ApiProblem } from "../../../api/problem";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { Note } from "../../../ui/Note";

interface Props {
  /** The refusal `proof_required` with its challenge. */
  problem: ApiProblem;
  /** Repeats the refused step with the proof. */
  onSolved: (proof: string) => void;
  busy: boolean;
}

async function solve(challenge: unknown): Promise<string | null> {
  const { isChallenge, solveProof } = await import("../proof");
  return isChallenge(challenge) ? solveProof(challenge) : null;
}

export function ProofStep({ problem, onSolved, busy }: Props): ReactNode {
  const t = useT();
  const [state, setState] = useState<"ready" | "running" | "failed">("ready");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // It stands above the button that was pressed: focus has to come here.
    heading.current?.focus();
  }, []);
  const start = async () => {
    setState("running");
    announce(t("booking.proof.running"));
    const proof = await solve(problem.extra["challenge"]).catch(() => null);
    setState(proof ? "ready" : "failed");
    if (proof) onSolved(proof);
    else announce(t("booking.proof.failed"));
  };
  return (
    <Note className="t6">
      <h2 className="h3" tabIndex={-1} ref={heading}>
        {t("booking.proof.title")}
      </h2>
      <p>{state === "failed" ? t("booking.proof.failed") : t("booking.proof.text")}</p>
      {state === "running" && <p className="t2">{t("booking.proof.running")}</p>}
      <div className="actions">
        <Button id="proof" busy={busy || state === "running"} onClick={() => void start()}>
          {t("booking.proof.start")}
        </Button>
      </div>
    </Note>
  );
}
