/** Stands in for the router's copy of a hook that React brings itself. */
export { useSyncExternalStore } from "react";
