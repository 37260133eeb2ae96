/** Reads once per language what this deployment is and hands it to every feature. */
import type { ReactNode } from "react";
import { client, unwrap } from "../api/client";
import { PortalContext } from "../api/portal";
import { useLocalizedQuery } from "../api/query";

export function PortalProvider({ children }: { children: ReactNode }): ReactNode {
  const portal = useLocalizedQuery(
    ["portal"],
    (lang, signal) => unwrap(client.GET("/api/v1/portal", { params: { query: { lang } }, signal })),
    { staleTime: Infinity },
  );
  return <PortalContext value={portal.data}>{children}</PortalContext>;
}
