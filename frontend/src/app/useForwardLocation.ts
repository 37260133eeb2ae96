/** The browser's location for the router, telling apart steps forward from "back". */
import { useCallback } from "react";
import { useBrowserLocation } from "wouter/use-browser-location";
import { movingForward } from "../lib/navigation";

export function useForwardLocation(
  ...options: Parameters<typeof useBrowserLocation>
): ReturnType<typeof useBrowserLocation> {
  const [path, navigate] = useBrowserLocation(...options);
  const forward = useCallback<typeof navigate>(
    (to, settings) => {
      movingForward();
      navigate(to, settings);
    },
    [navigate],
  );
  return [path, forward];
}
