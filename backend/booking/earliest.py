"""Use-case: the earliest free starts of all, found in one statement for one office as for a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from backend.booking.look import Claim, Look, as_array, windows_of
from backend.booking.search import Filters, Finder, OfficeDay, asked_of, cells_of
from backend.booking.wish import Wish
from backend.capacity import search as capacity_search
from backend.capacity.rules import ONE_DAY, cells, local_date, offered
from backend.capacity.search import DayMaps, Key, for_each_length, helper, ids
from backend.capacity.service import NEVER, BookingWindow
from backend.core.clock import db_now

MORE = 3  # office-days beyond the limit: a few first keys may be held
MORE_BEGUN = 1  # the same of those whose room began before now: one more tells that there are others
MOST_KEYS = 160

# Room that begins from now on: read from the index that is in that order. Room that began earlier on the first day may
# go on: a glance at the maps of office after office (the cells between now and the last key) says where, until there is
# enough; the index says beforehand when there is little of it. The arguments stand in a common table: a plan that knows
# none of them is then as good as one made for them, so it is kept; planning anew costs thrice as much as the search.
_EARLIEST = for_each_length(
    """
    WITH wanted AS MATERIALIZED (
        SELECT %(offices)s::bigint[] AS offices, %(kinds)s::text[] AS kinds, %(desks)s::text[] AS desks,
            %(weekdays)s::int[] AS weekdays, %(most)s::int AS most
    ), rule AS MATERIALIZED (
        SELECT horizon_days, lead_minutes, materialised_until, string_agg(int8send(office_id), '') AS offices
        FROM booking_rule WHERE office_id = ANY((SELECT offices FROM wanted)::bigint[])
        GROUP BY horizon_days, lead_minutes, materialised_until
    ), begins AS MATERIALIZED (
        SELECT day, last,
            day <= last AND extract(isodow FROM day)::int = ANY((SELECT weekdays FROM wanted)::int[]) AS counts,
            ceil(extract(epoch FROM soonest - (day::timestamp AT TIME ZONE 'Europe/Berlin')) / 300)::smallint AS cell
        FROM (
            SELECT
                greatest(
                    statement_timestamp() + min(lead_minutes) * interval '1 minute', %(after)s::timestamptz
                ) AS soonest,
                least(
                    min(coalesce(materialised_until, '-infinity')),
                    (statement_timestamp() AT TIME ZONE 'Europe/Berlin')::date + max(horizon_days)::int
                ) AS last
            FROM rule
        ) AS bounds CROSS JOIN LATERAL (SELECT (soonest AT TIME ZONE 'Europe/Berlin')::date AS day) AS first
    ), key AS MATERIALIZED (
        SELECT DISTINCT found.* FROM unnest((SELECT desks FROM wanted)) AS desk CROSS JOIN LATERAL (
            SELECT DISTINCT day, first_{n} AS cell, office_id FROM lane_day
            WHERE usage = 'public' AND kind = desk AND first_{n} IS NOT NULL AND day <= (SELECT last FROM begins)
            AND (day, first_{n}, office_id) > (
                (SELECT coalesce(%(after_day)s::date, day) FROM begins),
                (SELECT coalesce(%(after_cell)s::smallint, cell) FROM begins),
                %(after_office)s::bigint
            )
            AND office_id = ANY((SELECT offices FROM wanted)::bigint[])
            AND extract(isodow FROM day)::int = ANY((SELECT weekdays FROM wanted)::int[])
            ORDER BY day, first_{n}, office_id LIMIT (SELECT most FROM wanted)
        ) AS found ORDER BY day, cell, office_id LIMIT (SELECT most FROM wanted)
    ), last_key AS MATERIALIZED (
        SELECT day, cell, office_id FROM key
        ORDER BY day, cell, office_id OFFSET (SELECT most - 1 FROM wanted) LIMIT 1
    ), glance AS MATERIALIZED (
        SELECT begins.day, begins.cell / 8 AS byte, begins.cell %% 8 AS bit,
            CASE WHEN last_key.day = begins.day THEN last_key.cell / 8 - begins.cell / 8 ELSE 40 END AS bytes
        FROM begins LEFT JOIN last_key ON true
    ), begun AS MATERIALIZED (
        SELECT office_id FROM lane_day
        WHERE (SELECT counts FROM begins) AND %(begun)s::int IS DISTINCT FROM 0
        AND usage = 'public' AND kind = ANY((SELECT desks FROM wanted)::text[])
        AND day = (SELECT day FROM begins) AND first_{n} < (SELECT cell FROM begins)
        AND last_byte > (SELECT cell FROM begins) / 8 LIMIT 100
    ), few AS MATERIALIZED (
        SELECT count(*) < 100 AS known FROM begun
    ), picked AS MATERIALIZED (
        SELECT office_id FROM (
            SELECT DISTINCT office_id FROM begun
            WHERE (SELECT known FROM few) AND office_id = ANY((SELECT offices FROM wanted)::bigint[])
            UNION ALL SELECT unnest(offices) FROM wanted WHERE NOT (SELECT known FROM few)
            ORDER BY office_id
        ) AS office CROSS JOIN LATERAL (
            SELECT FROM lane_day CROSS JOIN glance
            WHERE lane_day.office_id = office.office_id AND lane_day.day = glance.day
            AND usage = 'public' AND kind = ANY((SELECT desks FROM wanted)::text[])
            AND num_nonnulls(first_{n}) = 1 AND first_{n} + 0 < (SELECT cell FROM begins) AND last_byte > byte
            AND (
                get_byte(free, least(byte, octet_length(free) - 1)) >> bit <> 0
                OR ltrim(substring(free FROM byte + 2 FOR bytes), '\\x00') <> ''
            ) LIMIT 1
        ) AS going_on LIMIT %(begun)s::int
    ), asked AS MATERIALIZED (
        SELECT (SELECT day FROM begins) AS day, office_id FROM picked
        UNION SELECT day, office_id FROM key
        WHERE day = (SELECT day FROM begins)
        OR coalesce((SELECT count(*) FROM picked) < nullif(%(begun)s::int, 0), true)
    ), lane AS MATERIALIZED (
        SELECT asked.day, asked.office_id, kind, resource_id, free FROM asked CROSS JOIN LATERAL (
            SELECT kind, resource_id, free FROM lane_day
            WHERE lane_day.office_id = asked.office_id AND lane_day.day = asked.day
            AND usage = 'public' AND kind = ANY((SELECT kinds FROM wanted)::text[]) AND num_nonnulls(first_{n}) = 1
        ) AS found
    ), living AS MATERIALIZED (
        SELECT resource, during FROM claim WHERE NOT upper_inf(live) AND upper(live) > statement_timestamp()
    )
    SELECT 'window' AS part, materialised_until AS day, NULL::bigint AS id, NULL::text AS kind, offices AS packed,
        NULL::bytea AS maps, horizon_days::int AS number, statement_timestamp() AS starts,
        statement_timestamp() + lead_minutes * interval '1 minute' AS ends FROM rule
    UNION ALL SELECT 'key', day, office_id, NULL, NULL, NULL, cell, NULL, NULL FROM last_key
    UNION ALL (
        SELECT 'begun', begins.day, office_id, NULL, NULL, NULL, cell, NULL, NULL FROM picked CROSS JOIN begins
        WHERE %(begun)s::int > 0 ORDER BY office_id OFFSET greatest(%(begun)s::int, 1) - 1 LIMIT 1
    )
    UNION ALL SELECT 'maps', day, office_id, kind, string_agg(int8send(resource_id), ''), string_agg(free, ''),
        NULL, NULL, NULL FROM lane GROUP BY day, office_id, kind
    UNION ALL SELECT 'claim', NULL, NULL, NULL, string_agg(int8send(resource), ''), NULL, NULL,
        lower(during), upper(during) FROM living WHERE resource IN (SELECT resource_id FROM lane) GROUP BY during
    ORDER BY day, id, kind
    """
)


class _Round(NamedTuple):
    """Where a round goes on: `most` keys after the last one, at most `begun` offices whose room began before now."""

    after: Key | None
    most: int
    begun: int | None


class _Sight(NamedTuple):
    """What one statement saw: office-days, and from which key on there may be others that it did not see.

    `last`: the last key, when there may be more after it. `begun`: the last office of those whose room began before
    now, when there are more of them; keys of later days were then not followed.
    """

    look: Look
    last: Key | None
    begun: Key | None

    def settles(self, found: list[Key], limit: int) -> bool:
        """Whether nothing unseen can be earlier than what was found."""
        unseen = [key for key in (self.last, self.begun) if key]
        return not unseen or (len(found) == limit and all(found[-1] <= key for key in unseen))

    def following(self, done: _Round, first: date) -> _Round:
        """The round after one that did not settle it, which began on `first`."""
        most = min(4 * done.most, MOST_KEYS)
        if self.begun or self.last is None:
            return _Round(done.after, most, None)
        return _Round(self.last, most, 0 if self.last.day > first else None)  # 0: the rest of that day is known


def earliest_starts(
    session: Session, wish: Wish, filters: Filters, after: datetime | None, limit: int, finder: Finder | None = None
) -> list[Key]:
    """The earliest offered starts over all offices of a wish, from `after` (default now) to the booking horizon.

    Office-days come in order of a lower bound and are looked at in full, so the search ends once enough are not later
    than the bound of all the others; first keys that are held only lead to another round.
    """
    found: set[Key] = set()
    go_on = _Round(None, limit + MORE, limit + MORE_BEGUN)
    while True:
        sight = _see(session, wish, filters, after, go_on)
        finder = finder or Finder(session, wish, filters, after, sight.look)
        maps = capacity_search.with_tails(session, finder.asked, sight.look.maps)
        for here in finder.office_days(maps, cells_of(sight.look.claims)):
            found.update(starts_of(here, finder.asked.length)[:limit])
        earliest = sorted(found)[:limit]
        if sight.settles(earliest, limit):
            break
        go_on = sight.following(go_on, local_date(finder.soonest))
    if len(earliest) == limit:
        return earliest
    made = min((window.made_until for window in finder.windows.values()), default=NEVER)
    first = finder.today if after is None else max(finder.today, local_date(after))
    return _go_on(finder, max(first, made + ONE_DAY), limit, earliest)


def starts_of(here: OfficeDay, length: int) -> list[Key]:
    """The offered starts of an office-day."""
    return [Key(here.day, cell, here.office_id) for cell in cells(offered(here.starts, length))]


def _go_on(finder: Finder, first: date, limit: int, found: list[Key]) -> list[Key]:
    """Search day by day where the read model does not reach yet."""
    while len(found) < limit and first <= finder.last_day:
        end = first + 6 * ONE_DAY
        found += sorted(start for here in finder.between(first, end) for start in starts_of(here, finder.asked.length))
        first = end + ONE_DAY
    return found[:limit]


def _see(session: Session, wish: Wish, filters: Filters, after: datetime | None, go_on: _Round) -> _Sight:
    """Read the office-days of a round."""
    asked = asked_of(wish)
    values: Mapping[str, Any] = {
        "offices": as_array([office.id for office in wish.offices]),
        "kinds": as_array(asked.kinds),
        "desks": as_array([kind.value for kind in asked.desks]),
        "weekdays": as_array(sorted(filters.weekdays)),
        "after": after,
        "after_day": go_on.after and go_on.after.day,
        "after_cell": go_on.after and go_on.after.cell,
        "after_office": go_on.after.office_id if go_on.after else 0,
        "most": go_on.most,
        "begun": go_on.begun,
    }
    now: datetime | None = None
    windows: dict[int, BookingWindow] = {}
    maps: list[DayMaps] = []
    claims: list[Claim] = []
    bounds: dict[str, Key] = {}
    rows = _EARLIEST[helper(asked.length)].tuples(session, values)
    for part, day, identity, kind, packed, stored, number, starts, ends in rows:
        if part == "maps":
            maps.append(DayMaps(day, identity, kind, packed, stored))
        elif part == "claim":
            claims += ((lane, starts, ends) for lane in ids(packed))
        elif part == "window":
            now = starts
            windows.update(windows_of(packed, starts, ends, number, day))
        else:
            bounds[part] = Key(day, number, identity)
    now = now or db_now(session)
    look = Look(now, local_date(now), 0, windows, maps, claims)
    return _Sight(look, bounds.get("key"), bounds.get("begun"))
