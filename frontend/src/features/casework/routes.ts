/** Addresses of the staff's pages below /amt; each page is a chunk of its own. */
import type { ComponentType } from "react";
import { addApplicationWords } from "../../i18n/staff";

interface StaffRoute {
  path: string;
  load: () => Promise<ComponentType>;
}

/** What comes next is told on the phone in the words that the person reads. */
async function loadStatus(): Promise<ComponentType> {
  const page = import("./pages/StatusPage").then((m) => m.StatusPage);
  await addApplicationWords();
  return page;
}

export const staffRoutes: readonly StaffRoute[] = [
  { path: "/", load: () => import("./pages/WorkListPage").then((m) => m.WorkListPage) },
  { path: "/vorgang/:reference", load: () => import("./case/CasePage").then((m) => m.CasePage) },
  { path: "/briefe", load: () => import("./pages/LettersPage").then((m) => m.LettersPage) },
  { path: "/stellungnahmen", load: () => import("./pages/OpinionsPage").then((m) => m.OpinionsPage) },
  { path: "/auskunft", load: loadStatus },
  { path: "/erstattungen", load: () => import("./pages/RefundsPage").then((m) => m.RefundsPage) },
  { path: "/protokoll", load: () => import("./pages/TrailPage").then((m) => m.TrailPage) },
  { path: "/aufbewahrung", load: () => import("./pages/RetentionPage").then((m) => m.RetentionPage) },
  { path: "/verteilung", load: () => import("./pages/RoutingPage").then((m) => m.RoutingPage) },
  { path: "/einstellungen", load: () => import("./pages/SettingsPage").then((m) => m.SettingsPage) },
  { path: "/hilfe", load: () => import("./pages/HelpPage").then((m) => m.HelpPage) },
  { path: "/anmelden", load: () => import("./pages/StaffSignInPage").then((m) => m.StaffSignInPage) },
  { path: "*", load: () => import("./pages/NothingHerePage").then((m) => m.NothingHerePage) },
];
