/** What this deployment is: demo or not, who answers, how far ahead one books. The application provides it to every feature. */
import { createContext, useContext } from "react";
import type { Portal } from "./types";

export const PortalContext = createContext<Portal | undefined>(undefined);

/** `undefined` until the first answer is there. */
export function usePortal(): Portal | undefined {
  return useContext(PortalContext);
}
