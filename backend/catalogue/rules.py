"""Pure decisions of the catalogue: which services fit a search best, on which days a mobile office stops."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

WHOLE_QUERY = 0
WEAKEST_HIT = 0.25
KEPT_BESIDE_THE_BEST = 0.4


@dataclass(frozen=True, slots=True)
class Hit:
    """How well (0 to 1) a service's terms of one language fit a word; number WHOLE_QUERY = the query as a phrase."""

    service_id: int
    lang: str
    word: int
    quality: float


def rank(hits: Sequence[Hit]) -> dict[int, float]:
    """Return the score of each fitting service, rounded so that what fits alike stays in display order.

    A word counts more the fewer services it fits and the better it fits any, so that "ich brauche einen neuen" does not
    outweigh "Ausweis". Words are compared within one language at a time: the one that the query was typed in.
    """
    found_by: dict[int, set[int]] = defaultdict(set)
    best_fit: dict[int, float] = defaultdict(float)
    by_language: dict[tuple[int, str], dict[int, float]] = defaultdict(dict)
    for hit in hits:
        found_by[hit.word].add(hit.service_id)
        best_fit[hit.word] = max(best_fit[hit.word], hit.quality)
        by_language[hit.service_id, hit.lang][hit.word] = hit.quality
    everything = 1 + len({hit.service_id for hit in hits})
    weight = {
        word: best_fit[word] ** 2 * log(1 + everything / len(ids))
        for word, ids in found_by.items()
        if word != WHOLE_QUERY
    }
    scores: dict[int, float] = defaultdict(float)
    for (service_id, _), words in by_language.items():
        phrase = words.get(WHOLE_QUERY, 0.0)
        parts = sum(weight[word] * quality for word, quality in words.items() if word != WHOLE_QUERY)
        scores[service_id] = max(scores[service_id], phrase + parts / (sum(weight.values()) or 1.0))
    best = max(scores.values(), default=0.0)
    least = max(WEAKEST_HIT, KEPT_BESIDE_THE_BEST * best)
    return {service_id: round(score, 2) for service_id, score in scores.items() if score >= least}


def stop_days(
    *, weekday: int, every_weeks: int, valid_from: date, valid_until: date | None, without: Iterable[date],
    first: date, last: date,
) -> Iterator[date]:  # fmt: skip
    """Yield the days of a recurring stop from `first` to `last`; weekday 1 = Monday, weeks count from valid_from's."""
    left_out = set(without)
    anchor = valid_from - timedelta(days=valid_from.isoweekday() - 1) + timedelta(days=weekday - 1)
    step = timedelta(weeks=every_weeks)
    day = anchor + max(0, -((anchor - max(first, valid_from)) // step)) * step
    end = min(last, valid_until or last)
    while day <= end:
        if day >= max(first, valid_from) and day not in left_out:
            yield day
        day += step
