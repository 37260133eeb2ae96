/** Addresses of the staff's pages below /amt; each page is a chunk of its own. */
import type { ComponentType } from "react";

interface StaffRoute {
  path: string;
  load: () => Promise<ComponentType>;
}

export const staffRoutes: readonly StaffRoute[] = [
  { path: "/", load: () => import("./pages/WorkListPage").then((m) => m.WorkListPage) },
  { path: "/vorgang/:reference", load: () => import("./case/CasePage").then((m) => m.CasePage) },
  { path: "/anmelden", load: () => import("./pages/StaffSignInPage").then((m) => m.StaffSignInPage) },
  { path: "*", load: () => import("./pages/NothingHerePage").then((m) => m.NothingHerePage) },
];
