/** The frame of every page: skip link, head, notes, main, help, foot, spoken regions. */
import type { ReactNode } from "react";
import { usePortal } from "../api/portal";
import { Foot } from "../ui/Foot";
import { Help } from "../ui/Help";
import { Masthead } from "../ui/Masthead";
import { NetworkNote } from "../ui/NetworkNote";
import { SimpleNote } from "../ui/ReviewNote";
import { SkipLink } from "../ui/SkipLink";
import { StatusRegion } from "../ui/StatusRegion";

export function Layout({ children }: { children: ReactNode }): ReactNode {
  const portal = usePortal();
  return (
    <>
      <SkipLink />
      <StatusRegion />
      <Masthead demo={portal?.demo ?? false}></Masthead>
      <main id="inhalt" tabIndex={-1}>
        <NetworkNote />
        {children}
        <SimpleNote />
      </main>
      <Help phone={portal?.phone_help ?? "115"} signLanguageFilm={portal?.sign_language_film_url ?? null} />
      <Foot />
    </>
  );
}
