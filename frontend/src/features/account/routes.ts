/** Addresses of a person's own area. */
import type { PortalRoute } from "../../lib/routing";

const own = { messages: ["account", "applications"], personal: true } as const;

export const accountRoutes: readonly PortalRoute[] = [
  { ...own, path: "/anmelden", load: () => import("./pages/SignInPage").then((m) => m.SignInPage) },
  { ...own, path: "/konto", load: () => import("./pages/AccountPage").then((m) => m.AccountPage) },
  { ...own, path: "/konto/daten", load: () => import("./pages/MyDataPage").then((m) => m.MyDataPage) },
  { ...own, path: "/konto/loeschen", load: () => import("./pages/DeletePage").then((m) => m.DeletePage) },
];
