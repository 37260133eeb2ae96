/** Line icons of the life situations, on a grid of 32. */
import type { ReactNode } from "react";

const PATHS: Record<string, ReactNode> = {
  home: <path d="M6 26.5V14L16 5.5 26 14v12.5zM12.5 26.5v-7.5h7v7.5" />,
  id_card: (
    <>
      <path d="M3.5 7.5h25v17h-25zM17.5 13.5h7M17.5 18.5h5" />
      <circle cx="10.5" cy="14" r="2.7" />
      <path d="M6.5 20.5c.6-2 2-3 4-3s3.4 1 4 3" />
    </>
  ),
  car: (
    <>
      <path d="M4 21.5V17l3-1.5 3-6h12l3 6 3 1.5v4.5zM7 15.5h18" />
      <circle cx="9.5" cy="22" r="2.5" />
      <circle cx="22.5" cy="22" r="2.5" />
    </>
  ),
  family: (
    <>
      <circle cx="11" cy="9" r="3.5" />
      <circle cx="22.5" cy="14" r="2.7" />
      <path d="M4.5 26.5v-4.5c0-4 2.5-6.5 6.5-6.5s6.5 2.5 6.5 6.5v4.5M20 20.6a5 5 0 0 1 2.5-.6c3 0 5 2 5 5v1.5" />
    </>
  ),
  rings: (
    <>
      <circle cx="12" cy="19" r="7.5" />
      <circle cx="20" cy="19" r="7.5" />
      <path d="m9.5 6 2.5-2 2.5 2-2.5 3z" />
    </>
  ),
  shop: <path d="M5 13.5V27h22V13.5M4 13.5 6.5 5h19L28 13.5zM12 27v-8h8v8" />,
  globe: (
    <>
      <circle cx="16" cy="16" r="11.5" />
      <path d="M4.5 16h23M16 4.5c4 3.5 5.5 7.5 5.5 11.5S20 24 16 27.5C12 24 10.5 20 10.5 16S12 8 16 4.5z" />
    </>
  ),
  document: <path d="M7.5 4h12l5.5 5.5V28h-17.5zM19.5 4v5.5H25M11.5 15.5h9M11.5 20h9M11.5 24.5h5" />,
  more: (
    <>
      <circle cx="16" cy="16" r="11.5" />
      <path d="M10.5 16v.01M16 16v.01M21.5 16v.01" />
    </>
  ),
};

export function SituationIcon({ name }: { name: string }): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      {PATHS[name] ?? PATHS["more"]}
    </svg>
  );
}
