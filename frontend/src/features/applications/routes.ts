/** Addresses of online applications. */
import type { PortalRoute } from "../../lib/routing";

const own = { messages: ["account", "applications"], personal: true } as const;

export const applicationRoutes: readonly PortalRoute[] = [
  { ...own, path: "/antrag/weiter", load: () => import("./pages/ResumePage").then((m) => m.ResumePage) },
  { ...own, path: "/antrag/:service", load: () => import("./pages/StartPage").then((m) => m.StartPage) },
  { ...own, path: "/antrag/:service/:draft", load: () => import("./pages/TasksPage").then((m) => m.TasksPage) },
  { ...own, path: "/antrag/:service/:draft/pruefen", load: () => import("./pages/CheckPage").then((m) => m.CheckPage) },
  { ...own, path: "/antrag/:service/:draft/:page", load: () => import("./pages/FormPage").then((m) => m.FormPage) },
  {
    ...own,
    path: "/antraege/:reference",
    load: () => import("./pages/ApplicationPage").then((m) => m.ApplicationPage),
  },
  {
    ...own,
    path: "/antraege/:reference/bestaetigung",
    load: () => import("./pages/ReceiptPage").then((m) => m.ReceiptPage),
  },
  { ...own, path: "/antraege/:reference/bezahlt", load: () => import("./pages/PaidPage").then((m) => m.PaidPage) },
  {
    ...own,
    path: "/antraege/:reference/nachreichen",
    load: () => import("./pages/CorrectPage").then((m) => m.CorrectPage),
  },
  {
    ...own,
    path: "/antraege/:reference/zuruecknehmen",
    load: () => import("./pages/WithdrawPage").then((m) => m.WithdrawPage),
  },
  {
    ...own,
    path: "/antrag-status",
    load: () => import("./pages/StatusByCodePage").then((m) => m.StatusByCodePage),
  },
  { ...own, path: "/echtheit", load: () => import("./pages/VerifyPage").then((m) => m.VerifyPage) },
];
