/** Shows a list that goes on: what was read so far, and the button for more. */
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/Button";
import { ErrorPart } from "./ErrorPart";
import { Loading } from "../../../ui/Loading";
import type { Part } from "./usePages";

interface Props<Item, Place> {
  reading: UseInfiniteQueryResult<InfiniteData<Part<Item, Place>, Place | null>>;
  /** Said when there is nothing. */
  empty: string;
  children: (items: readonly Item[]) => ReactNode;
}

export function Growing<Item, Place>({ reading, empty, children }: Props<Item, Place>): ReactNode {
  const t = useT();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = reading;
  if (!data) return error ? <ErrorPart error={error} retry={() => void refetch()} /> : <Loading />;
  const items = data.pages.flatMap((part) => part.items);
  const more = () =>
    void fetchNextPage().then(({ data: after }) => {
      const count = after?.pages.at(-1)?.items.length ?? 0;
      announce(t("staff.more.added", { count }));
    });
  return (
    <>
      {items.length === 0 ? <p className="t4">{empty}</p> : children(items)}
      {hasNextPage && (
        <div className="actions">
          <Button look="second" busy={isFetchingNextPage} onClick={more}>
            {t("staff.more")}
          </Button>
        </div>
      )}
    </>
  );
}
