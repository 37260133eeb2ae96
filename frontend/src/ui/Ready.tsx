/** Shows a page once what it reads is there; before that a calm line, after a failure the way on. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPage } from "./ErrorPage";
import { Loading } from "./Loading";

interface Props<Data> {
  reading: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

export function Ready<Data>({ reading, children }: Props<Data>): ReactNode {
  if (reading.data !== undefined) return children(reading.data);
  if (reading.isError) return <ErrorPage error={reading.error} retry={() => void reading.refetch()} />;
  return <Loading />;
}
