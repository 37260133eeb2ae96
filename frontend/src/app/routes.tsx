/** All addresses of the portal below the language; each page is a chunk of its own, with the words of its part. */
import { createElement, lazy, type ComponentType, type LazyExoticComponent } from "react";
import { accountRoutes } from "../features/account/routes";
import { applicationRoutes } from "../features/applications/routes";
import { bookingRoutes } from "../features/booking/routes";
import { catalogueRoutes } from "../features/catalogue/routes";
import { portalRoutes } from "../features/portal/routes";
import { addMessages } from "../i18n/catalogues";
import { DEFAULT_LANGUAGE, languageOfPath } from "../i18n/languages";
import type { PortalRoute } from "../lib/routing";

export interface LazyRoute {
  path: string;
  Page: LazyExoticComponent<ComponentType>;
}

/** The frame of personal pages: who is signed in, and the warning before the session ends. */
const loadFrame = () => import("../features/account/components/SessionFrame").then((m) => m.SessionFrame);

function lazyRoute({ path, messages, load, personal }: PortalRoute): LazyRoute {
  const Page = lazy(async () => {
    const language = languageOfPath(window.location.pathname) ?? DEFAULT_LANGUAGE;
    const words = [messages].flat().map((part) => addMessages(part, language));
    const [component, Frame] = await Promise.all([load(), personal && loadFrame(), ...words]);
    return { default: Frame ? () => createElement(Frame, null, createElement(component)) : component };
  });
  return { path, Page };
}

export const routes: readonly LazyRoute[] = [
  ...catalogueRoutes,
  ...bookingRoutes,
  ...accountRoutes,
  ...applicationRoutes,
  ...portalRoutes,
].map(lazyRoute);
