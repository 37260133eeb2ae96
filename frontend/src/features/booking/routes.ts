/** Addresses of booking and of one's own appointment; each page is loaded when it is opened. */
import type { PortalRoute } from "../../lib/routing";
import { STEP_PATH } from "./model";

const messages = "booking";

export const bookingRoutes: readonly PortalRoute[] = [
  { path: STEP_PATH.services, messages, load: async () => (await import("./pages/ServicesPage")).ServicesPage },
  { path: STEP_PATH.places, messages, load: async () => (await import("./pages/PlacesPage")).PlacesPage },
  { path: STEP_PATH.time, messages, load: async () => (await import("./pages/TimePage")).TimePage },
  { path: STEP_PATH.data, messages, load: async () => (await import("./pages/DataPage")).DataPage },
  { path: STEP_PATH.check, messages, load: async () => (await import("./pages/CheckPage")).CheckPage },
  { path: STEP_PATH.done, messages, load: async () => (await import("./pages/DonePage")).DonePage },
  { path: "/termin", messages, load: async () => (await import("./pages/OpenPage")).OpenPage },
  { path: "/termin/:reference", messages, load: async () => (await import("./pages/AppointmentPage")).AppointmentPage },
  { path: "/termin/:reference/verschieben", messages, load: async () => (await import("./pages/MovePage")).MovePage },
  { path: "/termin/:reference/absagen", messages, load: async () => (await import("./pages/CancelPage")).CancelPage },
  {
    path: "/termin/:reference/bestaetigen",
    messages,
    load: async () => (await import("./pages/ConfirmPage")).ConfirmPage,
  },
];
