/** Providers around the staff's pages, and the table of their addresses below /amt. */
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { createQueryClient } from "../api/query";
import { StaffFrame } from "../features/casework/frame/StaffFrame";
import { staffRoutes } from "../features/casework/routes";
import { LanguageContext } from "../i18n/language";
import { Loading } from "../ui/Loading";
import { ErrorBoundary } from "./ErrorBoundary";
import { PortalProvider } from "./PortalProvider";
import { useForwardLocation } from "./useForwardLocation";

const pages = staffRoutes.map(({ path, load }) => ({
  path,
  Page: lazy(() => load().then((page) => ({ default: page }))),
}));

export function StaffApp(): ReactNode {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <LanguageContext value="de">
        <Router base="/amt" hook={useForwardLocation}>
          <PortalProvider>
            <StaffFrame>
              <ErrorBoundary>
                <Suspense fallback={<Loading />}>
                  <Switch>
                    {pages.map(({ path, Page }) => (
                      <Route key={path} path={path} component={Page} />
                    ))}
                  </Switch>
                </Suspense>
              </ErrorBoundary>
            </StaffFrame>
          </PortalProvider>
        </Router>
      </LanguageContext>
    </QueryClientProvider>
  );
}
