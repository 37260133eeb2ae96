"""Selects of the catalogue: nothing here belongs to a person, so none takes an actor."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.orm import Session, scoped_session

from backend.catalogue.filler_words import meaningful
from backend.catalogue.models import (
    Authority,
    CatalogueState,
    LifeSituation,
    MobileStop,
    Office,
    OfficeAnswer,
    Service,
    ServiceAnswer,
    ServiceAuthority,
    ServiceLeika,
    ServiceOffice,
)
from backend.catalogue.rules import Hit
from backend.catalogue.search_form import search_words
from backend.core.i18n import DEFAULT

DbSession: TypeAlias = Session | scoped_session[Any]
Answer: TypeAlias = dict[str, Any]
MOST_STOPS = 60
MOST_WORDS = 8
LONGEST_WORD = 40

_HITS = text(
    """
    WITH word AS (SELECT * FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS w (word, number)),
    found AS (
        SELECT t.service_id, t.lang, w.number, t.weight / 100.0 * CASE
            WHEN t.term = w.word THEN 1.0
            WHEN length(w.word) >= 3 AND starts_with(t.term, w.word) THEN 0.85
            WHEN length(w.word) >= 4 AND strpos(t.term, w.word) > 0 THEN 0.6
            WHEN length(w.word) >= 4 AND similarity(t.term, w.word) >= :least
                THEN 0.8 * round(CAST(similarity(t.term, w.word) AS numeric), 1)
        END AS quality
        FROM service_term t JOIN word w ON t.term = w.word OR t.term LIKE '%' || w.word || '%' OR t.term % w.word
        WHERE NOT t.phrase
        UNION ALL
        SELECT t.service_id, t.lang, 0, t.weight / 100.0 * CASE WHEN t.term = :whole THEN 1.0 ELSE 0.8 END
        FROM service_term t
        WHERE t.phrase AND (t.term = :whole OR (length(:whole) >= 3 AND starts_with(t.term, :whole)))
    )
    SELECT f.service_id, f.lang, f.number, max(f.quality)
    FROM found f JOIN service s ON s.id = f.service_id AND s.active
    WHERE f.quality IS NOT NULL
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3
    """
)
LEAST_SIMILARITY = 0.4


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """What narrows a list of services; None = everything."""

    authority: str | None = None
    life_situation: str | None = None


def hits_unchecked(session: DbSession, query: str) -> list[Hit]:
    """Return how well each service fits each word of the query and the query as a whole."""
    words = [word[:LONGEST_WORD] for word in search_words(query)]
    if not words:
        return []
    values = {
        "words": list(dict.fromkeys(meaningful(words)))[:MOST_WORDS],
        "whole": " ".join(words),
        "least": LEAST_SIMILARITY,
    }
    return [Hit(int(i), lang, int(number), float(q)) for i, lang, number, q in session.execute(_HITS, values)]


def service_summaries_unchecked(
    session: DbSession, lang: str, wanted: ServiceFilter, ids: Collection[int] | None = None
) -> list[tuple[int, Answer]]:
    """Return (id, ServiceSummary) in display order; with `ids` only those."""
    found: Select[Any] = (
        select(Service.id, ServiceAnswer.summary)
        .join(ServiceAnswer, ServiceAnswer.service_id == Service.id)
        .where(Service.active, ServiceAnswer.lang == lang)
        .order_by(Service.position, Service.id)
    )
    if ids is not None:
        found = found.where(Service.id.in_(ids))
    if wanted.authority is not None:
        offered = (
            select(ServiceAuthority.service_id)
            .join(Authority, Authority.id == ServiceAuthority.authority_id)
            .where(Authority.slug == wanted.authority)
        )
        found = found.where(Service.id.in_(offered))
    if wanted.life_situation is not None:
        situation = select(LifeSituation.id).where(LifeSituation.slug == wanted.life_situation)
        found = found.where(Service.life_situation_id.in_(situation))
    return [(row.id, row.summary) for row in session.execute(found)]


def service_document_unchecked(session: DbSession, slug: str, lang: str) -> Answer | None:
    """Return a Service answer, or None."""
    return session.scalar(
        select(ServiceAnswer.document)
        .join(Service, Service.id == ServiceAnswer.service_id)
        .where(Service.slug == slug, Service.active, ServiceAnswer.lang == lang)
    )


def office_page_unchecked(
    session: DbSession, lang: str, *, authority: str | None, service: str | None, page: int, page_size: int
) -> tuple[list[Answer], int]:
    """Return one page of OfficeSummary answers in display order, and how many there are in all."""
    found: Select[Any] = (
        select(OfficeAnswer.summary, func.count().over().label("total"))
        .join(Office, Office.id == OfficeAnswer.office_id)
        .where(Office.active, OfficeAnswer.lang == lang)
        .order_by(Office.position, Office.id)
    )
    if authority is not None:
        found = found.join(Authority, Authority.id == Office.authority_id).where(Authority.slug == authority)
    if service is not None:
        offering = (
            select(ServiceOffice.office_id)
            .join(Service, Service.id == ServiceOffice.service_id)
            .where(Service.slug == service, Service.active)
        )
        found = found.where(Office.id.in_(offering))
    rows = session.execute(found.limit(page_size).offset((page - 1) * page_size)).all()
    if not rows and page > 1:
        return [], int(session.scalar(select(func.count()).select_from(found.subquery())) or 0)
    return [row.summary for row in rows], rows[0].total if rows else 0


def office_document_unchecked(session: DbSession, slug: str, lang: str) -> tuple[int, str, Answer] | None:
    """Return (id, kind, Office answer without stops), or None."""
    row = session.execute(
        select(Office.id, Office.kind, OfficeAnswer.document)
        .join(OfficeAnswer, OfficeAnswer.office_id == Office.id)
        .where(Office.slug == slug, Office.active, OfficeAnswer.lang == lang)
    ).one_or_none()
    return (row.id, row.kind, row.document) if row else None


def all_office_documents_unchecked(session: DbSession, lang: str) -> list[Answer]:
    """Return Office answers without stops, in display order."""
    found = (
        select(OfficeAnswer.document)
        .join(Office, Office.id == OfficeAnswer.office_id)
        .where(Office.active, OfficeAnswer.lang == lang)
        .order_by(Office.position, Office.id)
    )
    return list(session.scalars(found))


def stop_rows_unchecked(
    session: DbSession, office_ids: Collection[int], first: date, last: date | None, most: int | None = None
) -> Sequence[tuple[MobileStop, str]]:
    """Return (stop, office slug) from `first` to `last`, by day, opening time and id."""
    found = (
        select(MobileStop, Office.slug)
        .join(Office, Office.id == MobileStop.office_id)
        .where(MobileStop.active, Office.active, MobileStop.office_id.in_(office_ids), MobileStop.day >= first)
        .order_by(MobileStop.day, MobileStop.opens, MobileStop.id)
        .limit(most)
    )
    if last is not None:
        found = found.where(MobileStop.day <= last)
    return [(row.MobileStop, row.slug) for row in session.execute(found)]


def life_situations_unchecked(session: DbSession, lang: str) -> list[Answer]:
    """Return LifeSituation answers in display order."""
    found = select(LifeSituation.answers[lang]).where(LifeSituation.active).order_by(LifeSituation.position)
    return list(session.scalars(found))


def authorities_unchecked(session: DbSession, lang: str) -> list[Answer]:
    """Return PortalAuthority answers in display order."""
    found = select(Authority.answers[lang]).where(Authority.active).order_by(Authority.position)
    return list(session.scalars(found))


def has_authority_unchecked(session: DbSession, slug: str) -> bool:
    """Return whether an authority of this name is offered."""
    return bool(session.scalar(select(exists().where(Authority.slug == slug, Authority.active))))


def has_life_situation_unchecked(session: DbSession, slug: str) -> bool:
    """Return whether a life situation of this name is offered."""
    return bool(session.scalar(select(exists().where(LifeSituation.slug == slug, LifeSituation.active))))


def leika_unchecked(session: DbSession, leika: str) -> list[tuple[str, list[str]]]:
    """Return (service slug, keys of the authorities that offer it) for a key of the national catalogue."""
    found = (
        select(Service.slug, func.array_agg(Authority.ars))
        .join(ServiceLeika, ServiceLeika.service_id == Service.id)
        .join(ServiceAuthority, ServiceAuthority.service_id == Service.id)
        .join(Authority, Authority.id == ServiceAuthority.authority_id)
        .where(ServiceLeika.leika == leika, Service.active)
        .group_by(Service.id)
        .order_by(Service.position, Service.id)
    )
    return [(slug, list(keys)) for slug, keys in session.execute(found)]


def service_documents_unchecked(session: DbSession, slugs: Collection[str], lang: str) -> Mapping[str, Answer]:
    """Return Service answers by slug, also of withdrawn services."""
    found = (
        select(Service.slug, ServiceAnswer.document)
        .join(ServiceAnswer, ServiceAnswer.service_id == Service.id)
        .where(Service.slug.in_(slugs), ServiceAnswer.lang == lang)
        .order_by(Service.position, Service.id)
    )
    return {row.slug: row.document for row in session.execute(found)}


def office_documents_unchecked(session: DbSession, slugs: Collection[str], lang: str) -> Mapping[str, Answer]:
    """Return Office answers without stops by slug, also of withdrawn offices."""
    found = (
        select(Office.slug, OfficeAnswer.document)
        .join(OfficeAnswer, OfficeAnswer.office_id == Office.id)
        .where(Office.slug.in_(slugs), OfficeAnswer.lang == lang)
        .order_by(Office.position, Office.id)
    )
    return {row.slug: row.document for row in session.execute(found)}


def office_summary_rows_unchecked(session: DbSession, slugs: Collection[str]) -> list[tuple[str, Answer]]:
    """Return (slug, OfficeSummary) in display order, also of withdrawn offices."""
    found = (
        select(Office.slug, OfficeAnswer.summary)
        .join(OfficeAnswer, OfficeAnswer.office_id == Office.id)
        .where(Office.slug.in_(slugs), OfficeAnswer.lang == DEFAULT)
        .order_by(Office.position, Office.id)
    )
    return [(row.slug, row.summary) for row in session.execute(found)]


def version_unchecked(session: DbSession) -> int:
    """Return the version of the imported catalogue; 0 before the first import."""
    return session.scalar(select(CatalogueState.version)) or 0
