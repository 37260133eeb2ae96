/** The way to one's own appointment by its number; the number is handed on in memory, never in an address. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useT } from "../../../i18n/text";
import { Button } from "../../../ui/Button";
import styles from "./OwnAppointment.module.css";

export function OwnAppointment(): ReactNode {
  const t = useT();
  const [, navigate] = useLocation();
  const [reference, setReference] = useState("");
  const open = (event: FormEvent) => {
    event.preventDefault();
    navigate("/termin", { state: { reference } });
  };
  return (
    <section aria-labelledby="mein">
      <h2 id="mein">{t("catalogue.own.title")}</h2>
      <p className="muted">{t("catalogue.own.text")}</p>
      <form onSubmit={open} className={styles["form"]}>
        <label htmlFor="reference">{t("catalogue.own.label")}</label>
        <p className="muted" id="reference-hint">
          {t("catalogue.own.hint")}
        </p>
        <div className={styles["bar"]}>
          <input
            id="reference"
            aria-describedby="reference-hint"
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            maxLength={20}
            value={reference}
            onChange={(event) => setReference(event.target.value)}
          />
          <Button type="submit" look="second">
            {t("catalogue.own.button")}
          </Button>
        </div>
      </form>
    </section>
  );
}
