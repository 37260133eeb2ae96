/** Addresses of services, life situations and offices. */
import type { PortalRoute } from "../../lib/routing";

export const catalogueRoutes: readonly PortalRoute[] = [
  { path: "/", messages: "catalogue", load: () => import("./pages/Home").then((m) => m.Home) },
];
