/** What a feature tells the application about one address. */
import type { ComponentType } from "react";

/** First word of a message id; a page loads its own part beside "common". */
export type MessagePart = "common" | "catalogue" | "portal" | "booking" | "account" | "applications";

export interface PortalRoute {
  /** Address below the language, in the router's pattern: "/leistungen/:slug". */
  path: string;
  messages: MessagePart | readonly MessagePart[];
  /** Loads the page's chunk. */
  load: () => Promise<ComponentType>;
  /** The page belongs to a person: it shows who is signed in and warns before the session ends. */
  personal?: true;
}
