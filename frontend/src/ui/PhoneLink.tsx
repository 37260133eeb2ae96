/** A telephone number to call; read from left to right in every language. */
import type { ReactNode } from "react";

interface Props {
  number: string;
  className?: string | undefined;
  /** What stands in the link when it is not the number as given. */
  children?: ReactNode;
}

export function PhoneLink({ number, className, children = number }: Props): ReactNode {
  return (
    <a className={className} href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      <bdi>{children}</bdi>
    </a>
  );
}
