/** Powers of attorney: give one, take one up with its code, end one; from either side. */
import { useState, type FormEvent, type ReactNode } from "react";
import { problemText } from "../../../api/problemText";
import { useAction } from "../../../api/useAction";
import { berlinDay, useFormat } from "../../../i18n/format";
import { T, useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button, TextButton } from "../../../ui/Button";
import { ThreeFields } from "../../../ui/DateField";
import { Field } from "../../../ui/Field";
import { Note } from "../../../ui/Note";
import { Ready } from "../../../ui/Ready";
import { acceptPower, grantPower, revokePower } from "../api";
import { useAgain, usePowers } from "../queries";
import type { Power } from "../types";
import styles from "./area.module.css";

export function Powers(): ReactNode {
  const t = useT();
  return (
    <section className="section" aria-labelledby="powers">
      <h2 id="powers" tabIndex={-1}>
        {t("account.powers.title")}
      </h2>
      <p>{t("account.powers.text")}</p>
      <Ready reading={usePowers()}>
        {(powers) =>
          powers.length > 0 && (
            <ul className={styles["list"]}>
              {powers.map((power) => (
                <OnePower key={power.power_id} power={power} />
              ))}
            </ul>
          )
        }
      </Ready>
      <Grant />
      <Accept />
    </section>
  );
}

const STATE = {
  open: "account.powers.open",
  accepted: "account.powers.accepted",
  over: "account.powers.over",
  revoked: "account.powers.revoked",
} as const;

function OnePower({ power }: { power: Power }): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("powers");
  const { busy, problem, run } = useAction();
  const living = power.state === "open" || power.state === "accepted";
  const end = () =>
    void run(async () => {
      await revokePower(power.power_id);
      await again();
      announce(t("account.powers.revoked"));
      document.getElementById("powers")?.focus();
    });
  return (
    <li>
      <h3>
        {power.role === "held" && power.other ? (
          <T id="account.powers.as_helper" values={{ name: <bdi>{power.other}</bdi> }} />
        ) : (
          <bdi>{power.other ?? t("account.powers.code.open")}</bdi>
        )}
      </h3>
      <p className="muted">{t("account.powers.valid", { date: format.day(power.valid_until) })}</p>
      <p className="muted">{t(STATE[power.state])}</p>
      {problem && <p role="alert">{problemText(problem, t, format)}</p>}
      {living && (
        <TextButton
          onClick={end}
          aria-disabled={busy || undefined}
          aria-label={`${t("account.powers.revoke")}: ${power.other ?? format.day(power.valid_until)}`}
        >
          {t("account.powers.revoke")}
        </TextButton>
      )}
    </li>
  );
}

function Grant(): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("powers");
  const { busy, problem, run, refuse } = useAction();
  const [until, setUntil] = useState("");
  const [error, setError] = useState<string>();
  const [made, setMade] = useState<Power | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = until > berlinDay(new Date()) ? undefined : t("account.powers.date_error");
    setError(fault);
    refuse(null);
    if (fault) {
      document.getElementById("power-until")?.focus();
      return;
    }
    void run(async () => {
      setMade(await grantPower(until));
      await again();
    });
  };
  const refused = problem?.status === 422 ? t("account.powers.date_error") : problem && problemText(problem, t, format);
  return (
    <form className="t6" onSubmit={submit} noValidate>
      <ThreeFields
        id="power-until"
        name="power-until"
        label={t("account.powers.until")}
        value={until}
        onChange={setUntil}
        error={error ?? refused ?? undefined}
      />
      {made?.code && (
        <div className="t4" role="status">
          <Note kind="ok">
            <p>{t("account.powers.code")}</p>
            <p>
              <bdi dir="ltr" className={styles["code"]}>
                {made.code}
              </bdi>
            </p>
          </Note>
        </div>
      )}
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("account.powers.grant")}
        </Button>
      </div>
    </form>
  );
}

function Accept(): ReactNode {
  const t = useT();
  const format = useFormat();
  const again = useAgain("powers");
  const { busy, problem, run, refuse } = useAction();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!code.trim());
    refuse(null);
    if (!code.trim()) {
      document.getElementById("power-code")?.focus();
      return;
    }
    void run(async () => {
      await acceptPower(code.trim());
      setCode("");
      await again();
      announce(t("account.powers.accepted"));
    });
  };
  const error = missing || problem?.status === 404 ? t("account.powers.accept.error") : undefined;
  return (
    <form className="t7" onSubmit={submit} noValidate>
      <h3>{t("account.powers.accept.title")}</h3>
      <Field
        id="power-code"
        name="power-code"
        width="code"
        dir="ltr"
        spellCheck={false}
        label={t("account.powers.accept.code")}
        value={code}
        error={error ?? (problem ? problemText(problem, t, format) : undefined)}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" look="second" busy={busy}>
          {t("account.powers.accept")}
        </Button>
      </div>
    </form>
  );
}
