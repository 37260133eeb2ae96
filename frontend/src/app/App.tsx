/** Providers around the pages: words, language, backend, deployment facts, and the route table. */
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useState, type ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { createQueryClient } from "../api/query";
import { LanguageContext } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { MissingPage } from "../ui/ErrorPage";
import { Loading } from "../ui/Loading";
import { ErrorBoundary } from "./ErrorBoundary";
import { Layout } from "./Layout";
import { PortalProvider } from "./PortalProvider";
import { routes } from "./routes";
import { useActiveLanguage } from "./useActiveLanguage";
import { useForwardLocation } from "./useForwardLocation";

export function App({ first }: { first: Language }): ReactNode {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <Router hook={useForwardLocation}>
        <Pages first={first} />
      </Router>
    </QueryClientProvider>
  );
}

function Pages({ first }: { first: Language }): ReactNode {
  const { active, base } = useActiveLanguage(first);
  return (
    <LanguageContext value={active}>
      <Router base={base} hook={useForwardLocation}>
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
