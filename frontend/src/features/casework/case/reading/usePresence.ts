/** Tells the server every twenty seconds that this case is open; hears who else has it open and how new it is. */
import { useEffect, useState } from "react";
import type { Case } from "../../types";
import { endPresence, tellPresence, type Presence } from "./api";

const EVERY = 20_000;

/** A tab in the background does not count as open: nobody looks at it. */
export function usePresence({ line, present, revision }: Pick<Case, "line" | "present" | "revision">): Presence {
  const { reference } = line;
  const [heard, setHeard] = useState<Presence>({ present, revision });
  useEffect(() => {
    let over = false;
    const tell = () => {
      if (document.hidden) return;
      tellPresence(reference)
        .then((now) => {
          if (!over) setHeard(now);
        })
        // A line that breaks shows itself elsewhere; the next turn tries again.
        .catch(() => undefined);
    };
    tell();
    const timer = setInterval(tell, EVERY);
    const look = () => (document.hidden ? endPresence(reference) : tell());
    document.addEventListener("visibilitychange", look);
    return () => {
      over = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      endPresence(reference);
    };
  }, [reference]);
  return heard;
}
