"""The catalogue's door for other domains and for its own routes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from backend.catalogue import queries, rules
from backend.catalogue.errors import UnknownAuthority, UnknownLifeSituation
from backend.catalogue.facts import facts
from backend.catalogue.models import MobileStop as StopRow
from backend.catalogue.queries import Answer, DbSession, ServiceFilter
from backend.catalogue.schemas import StopSchema
from backend.catalogue.types import Address, BookableOffice, BookableService, MobileStop, OfficeKind
from backend.core.clock import today
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT, LocalizedText

_STOP = StopSchema()
STOPS_AHEAD = timedelta(days=120)  # more than can be booked; made they are for longer


def version(session: DbSession) -> int:
    """Return the number of the import that the facts come from; at most five seconds old."""
    return facts(session).version


def bookable_services(session: DbSession, slugs: Iterable[str]) -> dict[str, BookableService]:
    """Return the facts of the asked services by slug; unknown, withdrawn and unbookable ones are left out."""
    known = facts(session).services
    return {slug: known[slug] for slug in slugs if slug in known}


def bookable_offices(session: DbSession, slugs: Collection[str] | None = None) -> dict[str, BookableOffice]:
    """Return bookable offices by slug in display order, all of them without `slugs`; others are left out."""
    known = facts(session).offices
    if slugs is not None and len(slugs) == 1:
        return {slug: known[slug] for slug in slugs if slug in known}
    return {slug: office for slug, office in known.items() if slugs is None or slug in slugs}


def office_summaries(session: DbSession, slugs: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Return OfficeSummary answers by slug, also for withdrawn offices, because old appointments name them."""
    return dict(queries.office_summary_rows_unchecked(session, slugs))


def office_directions(session: DbSession, slug: str, lang: str) -> tuple[LocalizedText | None, LocalizedText | None]:
    """Return (how to get there, how to get in) of an office, also of a withdrawn one; None = not known."""
    document = queries.office_documents_unchecked(session, [slug], lang).get(slug, {})
    return _localized(document.get("how_to_get_there")), _localized(document.get("access"))


def _localized(answer: Mapping[str, str] | None) -> LocalizedText | None:
    return LocalizedText(answer["text"], answer["lang"]) if answer else None


def service_names(session: DbSession, slugs: Collection[str], lang: str) -> dict[str, LocalizedText]:
    """Return the names by slug, also of withdrawn services; German where the language has none."""
    found = queries.service_documents_unchecked(session, slugs, lang)
    return {slug: LocalizedText(**answer["name"]) for slug, answer in found.items()}


def documents_to_bring(
    session: DbSession, slugs: Collection[str], lang: str, authority: str | None = None
) -> dict[str, list[LocalizedText]]:
    """Return what to bring by service slug, in display order; with `authority` only what counts there."""
    found = queries.service_documents_unchecked(session, slugs, lang)
    counts = {None, authority} if authority else None
    return {
        slug: [
            LocalizedText(**document["name"])
            for document in answer["documents"]
            if counts is None or document["authority"] in counts
        ]
        for slug, answer in found.items()
    }


def mobile_stops(session: DbSession, office_ids: Collection[int], first: date, last: date) -> Sequence[MobileStop]:
    """Return the stops of the offices from `first` to `last` inclusive, by day, opening time and id."""
    return [
        MobileStop(
            id=row.id,
            office_id=row.office_id,
            office=slug,
            day=row.day,
            opens=row.opens,
            closes=row.closes,
            address=Address(row.street, row.postcode, row.city, row.name),
            assumption=row.assumption,
        )
        for row, slug in queries.stop_rows_unchecked(session, office_ids, first, last)
    ]


def find_services(
    session: DbSession, *, query: str, wanted: ServiceFilter, lang: str, page: int, page_size: int
) -> tuple[list[Answer], int]:
    """Return one page of ServiceSummary answers and how many fit: best first, or in display order without a query.

    Raises UnknownAuthority, UnknownLifeSituation.
    """
    if not query.strip():
        found = queries.service_summaries_unchecked(session, lang, wanted)
    else:
        scores = rules.rank(queries.hits_unchecked(session, query))
        found = queries.service_summaries_unchecked(session, lang, wanted, list(scores)) if scores else []
        found.sort(key=lambda row: -scores[row[0]])
    if not found:
        _refuse_unknown(session, wanted)
    start = (page - 1) * page_size
    return [summary for _, summary in found[start : start + page_size]], len(found)


def get_service(session: DbSession, slug: str, lang: str) -> Answer:
    """Return a Service answer; NotFound for an unknown or withdrawn one."""
    document = queries.service_document_unchecked(session, slug, lang) if slug.isprintable() else None
    if document is None:
        raise NotFound
    return document


def list_offices(
    session: DbSession, *, lang: str, authority: str | None, service: str | None, page: int, page_size: int
) -> tuple[list[Answer], int]:
    """Return one page of OfficeSummary answers in display order and how many there are; raises UnknownAuthority."""
    found = queries.office_page_unchecked(
        session, lang, authority=authority, service=service, page=page, page_size=page_size
    )
    if not found[0]:
        _refuse_unknown(session, ServiceFilter(authority))
    return found


def _refuse_unknown(session: DbSession, wanted: ServiceFilter) -> None:
    """Raise UnknownAuthority or UnknownLifeSituation: only an empty answer can come from a wrong name."""
    if wanted.authority is not None and not queries.has_authority_unchecked(session, wanted.authority):
        raise UnknownAuthority("authority")
    if wanted.life_situation is not None and not queries.has_life_situation_unchecked(session, wanted.life_situation):
        raise UnknownLifeSituation("life_situation")


def get_office(session: DbSession, slug: str, lang: str) -> Answer:
    """Return an Office answer with its stops of the next four months; NotFound for an unknown or withdrawn one."""
    found = queries.office_document_unchecked(session, slug, lang) if slug.isprintable() else None
    if found is None:
        raise NotFound
    office_id, kind, document = found
    if kind == OfficeKind.MOBILE:
        first = today(session)
        rows = queries.stop_rows_unchecked(session, [office_id], first, first + STOPS_AHEAD, queries.MOST_STOPS)
        document = {**document, "stops": [_stop(row, lang) for row, _ in rows]}
    return document


def _stop(row: StopRow, lang: str) -> Answer:
    found = next(((row.access[tried], tried) for tried in (lang, DEFAULT) if tried in row.access), None)
    dumped: Answer = _STOP.dump(
        {
            "date": row.day,
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{row.closes:%H:%M}",
            "address": {"name": row.name, "street": row.street, "postcode": row.postcode, "city": row.city},
            "access": {"text": found[0], "lang": found[1]} if found else None,
            "assumption": row.assumption,
        }
    )
    return dumped


def life_situations(session: DbSession, lang: str) -> list[Answer]:
    """Return LifeSituation answers with their services, in display order."""
    return queries.life_situations_unchecked(session, lang)


def everything(session: DbSession, lang: str) -> tuple[list[Answer], list[Answer], list[Answer]]:
    """Return all ServiceSummary, Office (without stops) and LifeSituation answers, in display order."""
    services = [summary for _, summary in queries.service_summaries_unchecked(session, lang, ServiceFilter())]
    return services, queries.all_office_documents_unchecked(session, lang), life_situations(session, lang)


def services_of_leika(session: DbSession, leika: str, ars: str | None) -> list[str]:
    """Return the slugs behind a key; with `ars` only of authorities it lies in or that lie in it. NotFound: none."""
    found = queries.leika_unchecked(session, leika) if leika.isdecimal() else []
    slugs = [slug for slug, keys in found if ars is None or any(_touches(key, ars) for key in keys)]
    if not slugs:
        raise NotFound
    return slugs


def _touches(authority: str, place: str) -> bool:
    """A shorter regional key names the area around; trailing zeros fill it up to 12 digits."""
    own, asked = authority.rstrip("0"), place.rstrip("0")
    return own.startswith(asked) or asked.startswith(own)
