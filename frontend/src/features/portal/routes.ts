/** Addresses of the pages about the portal itself. */
import type { PortalRoute } from "../../lib/routing";

const messages = "portal";

export const portalRoutes: readonly PortalRoute[] = [
  { path: "/barrierefreiheit", messages, load: () => import("./pages/Accessibility").then((m) => m.Accessibility) },
  { path: "/rueckmeldung", messages, load: () => import("./pages/Feedback").then((m) => m.Feedback) },
  { path: "/impressum", messages, load: () => import("./pages/Imprint").then((m) => m.Imprint) },
  { path: "/datenschutz", messages, load: () => import("./pages/Privacy").then((m) => m.Privacy) },
  { path: "/leichte-sprache", messages, load: () => import("./pages/SimpleLanguage").then((m) => m.SimpleLanguage) },
];
