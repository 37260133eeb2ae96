/** Addresses of services, life situations and offices. */
import type { PortalRoute } from "../../lib/routing";

const messages = "catalogue";

export const catalogueRoutes: readonly PortalRoute[] = [
  { path: "/", messages, load: () => import("./pages/Home").then((m) => m.Home) },
  { path: "/suche", messages, load: () => import("./pages/Search").then((m) => m.Search) },
  { path: "/lage/:slug", messages, load: () => import("./pages/Situation").then((m) => m.Situation) },
  { path: "/leistungen", messages, load: () => import("./pages/AllServices").then((m) => m.AllServices) },
  { path: "/leistungen/:slug", messages, load: () => import("./pages/ServiceView").then((m) => m.ServiceView) },
  { path: "/standorte", messages, load: () => import("./pages/Offices").then((m) => m.Offices) },
  { path: "/standorte/:slug", messages, load: () => import("./pages/OfficeView").then((m) => m.OfficeView) },
];
