/** Providers around the pages: words, language, backend, deployment facts, and the route table. */
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useCallback, useState, type ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { useBrowserLocation } from "wouter/use-browser-location";
import { createQueryClient } from "../api/query";
import { LanguageContext } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { movingForward } from "../lib/navigation";
import { MissingPage } from "../ui/ErrorPage";
import { Loading } from "../ui/Loading";
import { ErrorBoundary } from "./ErrorBoundary";
import { Layout } from "./Layout";

import { PortalProvider } from "./PortalProvider";
import { routes } from "./routes";
import { useActiveLanguage } from "./useActiveLanguage";

type Location = ReturnType<typeof useBrowserLocation>;

/** The browser's location, telling apart steps forward from "back". */
function useLocationHook(...options: Parameters<typeof useBrowserLocation>): Location {
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

export function App({ first }: { first: Language }): ReactNode {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <Router hook={useLocationHook}>
        <Pages first={first} />
      </Router>
    </QueryClientProvider>
  );
}

function Pages({ first }: { first: Language }): ReactNode {
  const { active, base } = useActiveLanguage(first);
  return (
    <LanguageContext value={active}>
      <Router base={base} hook={useLocationHook}>
        <PortalProvider>
          <Layout>
            <ErrorBoundary>
              <Suspense fallback={<Loading />}>
                <Switch>
                  {routes.map(({ path, Page }) => (
                    <Route key={path} path={path} component={Page} />
                  ))}
                  <Route component={MissingPage} />
                </Switch>
              </Suspense>
            </ErrorBoundary>
          </Layout>
        </PortalProvider>
      </Router>
    </LanguageContext>
  );
}
