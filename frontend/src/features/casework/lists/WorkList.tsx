/** The list at one place: how many, what is new, the table, the way to the next page. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { berlinDay, useFormat } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { rescueFocus } from "../../../lib/navigation";
import { TextButton } from "../../../ui/Button";
import { Ready } from "../../../ui/Ready";
import { useProfile } from "../queries";
import { BatchBar } from "../batch/BatchBar";
import { BatchNote, type Done } from "../batch/BatchNote";
import type { CasePage } from "../types";
import { exportAddress } from "./api";
import { addressOf, queryOf, type Place } from "./filters";
import { newsOf } from "./news";
import { NewsLine } from "./NewsLine";
import { ORDER, sortOf, sortsIn, type Sort } from "./sorting";
import { SortSelect } from "./SortSelect";
import { useCases, useListsAgain, useNewer } from "./queries";
import { usePicked } from "./usePicked";
import styles from "./WorkList.module.css";
import { WorkTable } from "./WorkTable";

export function WorkList({ place }: { place: Place }): ReactNode {
  const { typed, sort, after } = place;
  const asked = useMemo(() => ({ query: queryOf({ typed, sort }), after }), [typed, sort, after]);
  const reading = useCases(asked);
  const { newer, show } = useNewer(asked, reading.data);
  return (
    <Ready reading={reading}>
      {({ page }) => {
        const news = newer && newsOf(page, newer.page);
        const told = news && news.added + news.changed > 0 ? news : null;
        return <Shown place={place} page={page} news={<NewsLine news={told} onShow={show} />} />;
      }}
    </Ready>
  );
}

interface ShownProps {
  place: Place;
  page: CasePage;
  news: ReactNode;
}

function Shown({ place, page, news }: ShownProps): ReactNode {
  const t = useT();
  const [, navigate] = useLocation();
  const region = useRef<HTMLDivElement>(null);
  const { picked, elsewhere, pick, pickAll, clear } = usePicked(addressOf({ typed: place.typed }), page.items);
  const order = sortOf(page.sort);
  const sorts = sortsIn(queryOf(place).scope);
  useSaid(t(ORDER[order]));
  // The button that showed newer cases goes once they are there.
  useEffect(() => rescueFocus(region.current ?? undefined), [page]);
  const caption = `${useCountText(page, place.page)} ${t(ORDER[order])}`;
  const sortBy = (sort: Sort) => navigate(addressOf({ typed: place.typed, sort }));
  const [done, setDone] = useState<Done | null>(null);
  const again = useListsAgain();
  const finish = (next: Done) => {
    setDone(next);
    clear();
    void again();
  };
  // A list without cases has no region.
  const focusList = () => (region.current ?? document.querySelector("h1"))?.focus();
  const close = () => {
    setDone(null);
    focusList();
  };
  // The button goes with the choice that it undoes.
  const unpick = () => {
    clear();
    announce(t("staff.list.picked.cleared"));
    focusList();
  };
  return (
    <>
      <div className={styles["count"]}>
        <p>
          {caption} {picked.size > 0 && t("staff.list.picked", { count: picked.size })}{" "}
          {elsewhere > 0 && t("staff.list.picked.elsewhere", { count: elsewhere })}
        </p>
        {elsewhere > 0 && <TextButton onClick={unpick}>{t("staff.list.picked.clear")}</TextButton>}
        {news}
        <BatchBar lines={[...picked.values()]} onDone={finish} />
      </div>
      {done && <BatchNote done={done} onUndone={finish} onClose={close} />}
      {page.items.length === 0 ? (
        <p className={styles["empty"]}>{t("staff.list.empty")}</p>
      ) : (
        <>
          <SortSelect sort={order} sorts={sorts} onSort={sortBy} />
          <WorkTable
            lines={page.items}
            today={berlinDay(new Date())}
            caption={caption}
            region={region}
            sorting={{ sort: order, sorts, onSort: sortBy }}
            picked={picked}
            onPick={pick}
            onPickAll={pickAll}
          />
        </>
      )}
      <Export place={place} />
      <Pages place={place} next={page.next} onTurn={() => region.current?.focus()} />
    </>
  );
}

/** Says the order of the list once another one is there. */
function useSaid(order: string): void {
  const said = useRef(order);
  useEffect(() => {
    if (said.current !== order) announce(order);
    said.current = order;
  }, [order]);
}

function useCountText({ count, count_is_exact, items }: CasePage, page: number): string {
  const t = useT();
  const format = useFormat();
  const whole = count_is_exact
    ? t("staff.list.count", { count })
    : t("staff.list.count.more", { count: format.number(count) });
  return items.length < count || page > 1 ? `${whole} ${t("staff.list.page", { page, count: items.length })}` : whole;
}

/** The whole list with these filters as a file, streamed by the server and written down in the trail. */
function Export({ place }: { place: Place }): ReactNode {
  const t = useT();
  const { data: profile } = useProfile();
  if (!profile?.can["case.export_list"]) return null;
  return (
    <p className={styles["export"]}>
      {t("staff.list.export")}
      {(["csv", "xlsx"] as const).map((format) => (
        <a key={format} href={exportAddress(format, queryOf(place))}>
          {t(`staff.list.export.${format}`)}
        </a>
      ))}
    </p>
  );
}

/** A list goes on from where it ends; pages in between cannot be jumped to. */
function Pages({ place, next, onTurn }: { place: Place; next: string | null; onTurn: () => void }): ReactNode {
  const t = useT();
  const { typed, sort, page } = place;
  if (!next && page === 1) return null;
  return (
    <nav aria-label={t("staff.list.pages")} className={styles["pages"]}>
      {page > 1 && (
        <Link href={addressOf({ typed, sort })} onClick={onTurn}>
          {t("staff.list.first")}
        </Link>
      )}
      {next && (
        <Link href={addressOf({ typed, sort, after: next, page: page + 1 })} onClick={onTurn}>
          {t("staff.list.next")}
        </Link>
      )}
    </nav>
  );
}
