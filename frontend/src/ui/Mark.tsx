/** The mark of the portal. */
import type { ReactNode } from "react";

export function Mark(): ReactNode {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="9" />
      <path d="M11 29v-4a6 6 0 0 1 6-6h6a6 6 0 0 0 6-6v-1" />
      <circle cx="11" cy="30" r="3.6" />
      <circle cx="29" cy="10.5" r="3.6" />
    </svg>
  );
}
