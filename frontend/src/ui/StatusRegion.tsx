/** The two spoken regions of the portal, on the page from the start. */
import type { ReactNode } from "react";
import { useAnnouncement } from "../lib/announce";

export function StatusRegion(): ReactNode {
  const status = useAnnouncement("status");
  const alert = useAnnouncement("alert");
  return (
    <>
      <div role="status" className="vh">
        {status}
      </div>
      <div role="alert" className="vh">
        {alert}
      </div>
    </>
  );
}
