/** Buttons, and links that look like one. One filled button per screen; every other is "second". */
import type { ComponentProps, ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "../i18n/text";
import styles from "./Button.module.css";

export type ButtonLook = "filled" | "second" | "danger";

function classes(look: ButtonLook, extra: string | undefined): string {
  return [styles["btn"], look === "filled" ? "" : styles[look], extra].filter(Boolean).join(" ");
}

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  look?: ButtonLook;
  /** Keeps its place and says that it works; a second press does nothing. */
  busy?: boolean;
  children: ReactNode;
}

/** Never greyed out: say what is missing instead. */
export function Button({
  look = "filled",
  busy = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps): ReactNode {
  const t = useT();
  return (
    <button
      {...rest}
      type={busy ? "button" : type}
      className={classes(look, className)}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? t("common.busy") : children}
    </button>
  );
}

interface ButtonLinkProps {
  /** Address below the language: "/buchen/leistungen?…". */
  href: string;
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}

export function ButtonLink({ href, look = "filled", className, children }: ButtonLinkProps): ReactNode {
  return (
    <Link href={href} className={classes(look, className)}>
      {children}
    </Link>
  );
}

/** An action that looks like a link: small, beside the main way. */
export function TextButton({ type = "button", className, ...rest }: ComponentProps<"button">): ReactNode {
  return <button {...rest} type={type} className={[styles["link"], className].filter(Boolean).join(" ")} />;
}

interface TextLinkProps extends Omit<ButtonLinkProps, "look"> {
  /** What a screen reader says; begins with the visible words. */
  label?: string;
}

/** A link on a line of its own, large enough to press. */
export function TextLink({ href, className, label, children }: TextLinkProps): ReactNode {
  return (
    <Link href={href} className={[styles["link"], className].filter(Boolean).join(" ")} aria-label={label}>
      {children}
    </Link>
  );
}

interface OutsideLinkProps {
  href: string;
  look?: ButtonLook | "link";
  children: ReactNode;
}

/** A link that leaves the portal; it opens in the same window. */
export function OutsideLink({ href, look = "link", children }: OutsideLinkProps): ReactNode {
  return (
    <a href={href} rel="noreferrer" className={look === "link" ? styles["link"] : classes(look, undefined)}>
      {children}
    </a>
  );
}
