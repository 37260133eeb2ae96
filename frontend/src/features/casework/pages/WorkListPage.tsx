/** The work list: cases of one's offices, the most urgent first; ready-made and own views, filters, search. */
import { useMemo, type ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { berlinDay } from "../../../i18n/format";
import { useT } from "../../../i18n/text";
import { Page } from "../../../ui/Page";
import { HelpHere } from "../frame/HelpHere";
import { LIST_KEYS } from "../frame/keys";
import { useShortcuts } from "../frame/useShortcuts";
import { FilterForm } from "../lists/FilterForm";
import { addressOf, placeOf } from "../lists/filters";
import { focusCase, tickFocused } from "../lists/focus";
import { useFound, type Found } from "../lists/queries";
import { SavedViews } from "../lists/SavedViews";
import { SearchForm } from "../lists/SearchForm";
import { TakeNext } from "../lists/TakeNext";
import { ViewTabs } from "../lists/ViewTabs";
import { WorkList } from "../lists/WorkList";
import { WorkTable } from "../lists/WorkTable";
import styles from "./WorkListPage.module.css";
import { Allowed } from "../frame/Allowed";
import { useProfile } from "../queries";

const press = (id: string) => () => document.getElementById(id)?.click();
const focus = (id: string) => () => document.getElementById(id)?.focus();

export function WorkListPage(): ReactNode {
  return (
    <Allowed page="list">
      <Desk />
    </Allowed>
  );
}

function Desk(): ReactNode {
  const t = useT();
  const search = useSearch();
  const place = useMemo(() => placeOf(search), [search]);
  const [, navigate] = useLocation();
  const [found, setFound] = useFound();
  useShortcuts(LIST_KEYS, {
    next: press("naechster"),
    search: focus("suche"),
    filter: focus("dienst"),
    down: () => focusCase(1),
    up: () => focusCase(-1),
    tick: tickFocused,
  });
  return (
    <Page title={t("staff.nav.list")}>
      <HelpHere text="staff.here.list" />
      <div className={styles["top"]}>
        <SearchForm found={found} onFound={setFound} />
        <TakeNext service={place.typed.dienst} />
      </div>
      {found ? (
        <FoundCases found={found} />
      ) : (
        <>
          <ViewTabs place={place} />
          <FilterForm typed={place.typed} onFilter={(typed) => navigate(addressOf({ typed, sort: place.sort }))} />
          <WorkList place={place} />
          <SavedViews place={place} />
        </>
      )}
      <KeysNote />
    </Page>
  );
}

/** What a search found; opening a case from here is asked for its reason. */
function FoundCases({ found: { page } }: { found: Found }): ReactNode {
  const t = useT();
  const more = page.count_is_exact ? "" : t("staff.search.more");
  const caption = `${t("staff.search.found", { count: page.items.length })} ${more}`.trim();
  return (
    <section className="t5" aria-labelledby="gefunden">
      <h2 id="gefunden">{t("staff.search.result")}</h2>
      <p className="t2">{caption}</p>
      {page.items.length > 0 && (
        <div className="t3">
          <WorkTable lines={page.items} today={berlinDay(new Date())} caption={caption} from="?von=suche" />
        </div>
      )}
    </section>
  );
}

function KeysNote(): ReactNode {
  const t = useT();
  const { data: profile } = useProfile();
  return (
    <p className="t4 small muted">
      {t("staff.list.keys")} {t(profile?.shortcuts ? "staff.list.keys.on" : "staff.list.keys.off")}{" "}
      <Link href={profile?.shortcuts ? "/hilfe" : "/einstellungen"}>
        {t(profile?.shortcuts ? "staff.list.keys.list" : "staff.list.keys.switch")}
      </Link>
    </p>
  );
}
