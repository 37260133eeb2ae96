/** Addresses of booking and of one's own appointment. */
import type { PortalRoute } from "../../lib/routing";

export const bookingRoutes: readonly PortalRoute[] = [];
