/** Own line icons; always beside a word, so hidden from assistive technology. */
import type { ReactNode } from "react";
import styles from "./Icon.module.css";

const PATHS = {
  back: <path d="M19 12H5M11 6l-6 6 6 6" />,
  go: <path d="M5 12h14M13 6l6 6-6 6" />,
  globe: (
    <path d="M3 12h18M12 3c3 2.6 4 5.6 4 9s-1 6.4-4 9c-3-2.6-4-5.6-4-9s1-6.4 4-9zM12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z" />
  ),
  calendar: <path d="M4 6.5h16V20H4zM4 10.5h16M8 3.5v4M16 3.5v4" />,
  door: <path d="M6 21V4h12v17M3.5 21h17M14.5 12v1.5" />,
  screen: <path d="M3 5h18v12H3zM9 21h6M12 17v4" />,
  letter: <path d="M3 6h18v12.5H3zM3.5 6.5 12 13l8.5-6.5" />,
  box: <path d="M4 8.5 12 4l8 4.5v8L12 21l-8-4.5zM4 8.5l8 4.5 8-4.5M12 13v8" />,
  phone: (
    <path d="M6 3.5h3.5l1.5 5-2.2 1.7a13 13 0 0 0 5 5l1.7-2.2 5 1.5V18a2.5 2.5 0 0 1-2.7 2.5C10.6 20 4 13.4 3.5 6.2A2.5 2.5 0 0 1 6 3.5z" />
  ),
  express: <path d="M12.5 3 5 13.5h6L10.5 21 19 10h-6.5z" />,
  check: <path d="m5 12.5 4.5 4.5L19 7" />,
  info: <path d="M12 11v5.5M12 7.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z" />,
  warn: <path d="M12 9.5v4.5M12 17v.01M12 3.5 2.5 20h19z" />,
  clock: <path d="M12 7v5.5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z" />,
  place: (
    <path d="M12 21.5s7-6.3 7-11.5a7 7 0 0 0-14 0c0 5.2 7 11.5 7 11.5zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z" />
  ),
  print: <path d="M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7z" />,
  plus: <path d="M12 5v14M5 12h14" />,
  remove: <path d="M6 6l12 12M18 6 6 18" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

interface Props {
  name: IconName;
  /** "start" and "end" arrows turn round in right-to-left pages. */
  className?: string | undefined;
}

export function Icon({ name, className = "" }: Props): ReactNode {
  const flip = name === "back" || name === "go" ? "flip" : "";
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`${styles["icon"]} ${flip} ${className}`}>
      {PATHS[name]}
    </svg>
  );
}
