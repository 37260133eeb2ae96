/** A named part of the page that may scroll by itself, so that it takes the keyboard. */
import type { ComponentProps, ReactNode } from "react";

interface Props extends Omit<ComponentProps<"div">, "role" | "tabIndex" | "aria-label"> {
  label: string;
}

export function Region({ label, children, ...rest }: Props): ReactNode {
  return (
    <div
      {...rest}
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached without a mouse
      tabIndex={0}
    >
      {children}
    </div>
  );
}
