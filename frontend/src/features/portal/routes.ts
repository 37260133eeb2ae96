/** Addresses of the pages about the portal itself. */
import type { PortalRoute } from "../../lib/routing";

export const portalRoutes: readonly PortalRoute[] = [];
