/** Says "wird geladen" only when it takes longer than a second; no skeletons, no motion. */
import { useEffect, useState, type ReactNode } from "react";
import { useT } from "../i18n/text";

export function Loading(): ReactNode {
  const t = useT();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p aria-busy="true" className="wrap muted">
      {late ? t("common.loading") : " "}
    </p>
  );
}
