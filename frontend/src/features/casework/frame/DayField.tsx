/** A day typed as "TT.MM.JJJJ": quicker for many cases than the browser's own control, and the same in every browser. */
import { useState, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { germanDay, isoDay } from "../../../lib/days";
import { Field } from "../../../ui/Field";

interface Props {
  id: string;
  label: string;
  /** "1988-02-29", empty, or what was typed and is no day. */
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** True for a day, false for what was typed and is none; nothing typed is no fault. */
export const isDayOrEmpty = (value: string): boolean => value === "" || /^\d{4}-\d{2}-\d{2}$/.test(value);

export function DayField({ id, label, value, onChange, error }: Props): ReactNode {
  const t = useT();
  const [typed, setTyped] = useState(() => germanDay(value));
  const [from, setFrom] = useState(value);
  // Emptied or filled from outside: the text follows.
  if (from !== value) {
    setFrom(value);
    if ((isoDay(typed) ?? typed.trim()) !== value) setTyped(germanDay(value));
  }
  const change = (text: string) => {
    setTyped(text);
    onChange(isoDay(text) ?? text.trim());
  };
  return (
    <Field
      id={id}
      label={`${label} ${t("staff.day.pattern")}`}
      inputMode="numeric"
      maxLength={12}
      value={typed}
      onChange={({ target }) => change(target.value)}
      error={error}
    />
  );
}
