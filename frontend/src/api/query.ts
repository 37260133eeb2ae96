/** Reading from the backend with React Query, per language. */
import { QueryClient, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useLanguage } from "../i18n/language";
import type { Language } from "../i18n/languages";
import type { ApiProblem } from "./problem";

/** Repeats live in `send`, where both reading and writing pass; here they would only multiply. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 60_000, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

interface Options {
  enabled?: boolean;
  /** Milliseconds for which the answer counts as fresh; availability wants few. */
  staleTime?: number;
}

/**
 * Reads something in the language of the page. The key is what the answer depends on besides the language.
 * While a change of language loads, the answer in the old language stays, so that forms below keep what was typed.
 */
export function useLocalizedQuery<Data>(
  key: readonly unknown[],
  read: (lang: Language, signal: AbortSignal) => Promise<Data>,
  options: Options = {},
): UseQueryResult<Data, ApiProblem> {
  const lang = useLanguage();
  return useQuery<Data, ApiProblem>({
    queryKey: [...key, lang],
    queryFn: ({ signal }) => read(lang, signal),
    placeholderData: (before, query) =>
      query && JSON.stringify(query.queryKey.slice(0, -1)) === JSON.stringify(key) ? before : undefined,
    ...options,
  });
}
