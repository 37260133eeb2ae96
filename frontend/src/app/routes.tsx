/** All addresses of the portal below the language; each page is a chunk of its own, with the words of its part. */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";
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

function lazyRoute({ path, messages, load }: PortalRoute): LazyRoute {
  const Page = lazy(async () => {
    const language = languageOfPath(window.location.pathname) ?? DEFAULT_LANGUAGE;
    const [component] = await Promise.all([load(), addMessages(messages, language)]);
    return { default: component };
  });
  return { path, Page };
}

export const routes: readonly LazyRoute[] = [...catalogueRoutes, ...bookingRoutes, ...portalRoutes].map(lazyRoute);
