"""Questions on scores: one subject's, its months, a ranking; each names the reader, whose rows alone answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.search.duties import Reader
from indexer.search.queries import Body

KINDS = ("enterprise", "authority", "province", "city")
MONTHS = 36
"""Months of a subject's history that are shown at most."""
PLACES = 1_000
"""Regions or authorities of one list: China has some 370 cities."""
LISTED = {"excludes": ["lines"]}
ORDER: list[Body] = [{"total": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]


@dataclass(frozen=True)
class Wanted:
    """Whose scores: ``kind`` one of KINDS; ``region`` narrows to a region and what lies in it."""

    rubric: str
    reader: Reader
    kind: str
    month: str
    region: str | None = None


def identifier(kind: str, subject: str, rubric: str, reader: Reader, month: str) -> str:
    """The id of one score (``indexer/scoring/made.py`` gives the same)."""
    return f"{kind}:{subject}:{rubric}:{reader}:{month}"


def months(rubric: str, reader: Reader) -> Body:
    """The months that have scores, newest first."""
    newest = {"terms": {"field": "month", "size": 240, "order": {"_key": "desc"}}}
    return {"query": _all(rubric=rubric, reader=reader), "size": 0, "aggs": {"months": newest}}


def history(kind: str, subject: str, rubric: str, reader: Reader) -> Body:
    """The newest months of one subject, the newest first, without lines."""
    return {
        "query": _all(kind=kind, subject=subject, rubric=rubric, reader=reader),
        "sort": [{"month": "desc"}], "size": MONTHS, "_source": LISTED,
    }  # fmt: skip


def ranked(wanted: Wanted, start: int, size: int) -> Body:
    """One page of those who are ranked, the best first."""
    return {**_listed(wanted), "query": _narrowed(wanted, True), "from": start, "size": size}


def after(wanted: Wanted, last: list[Any] | None, size: int) -> Body:
    """The same from behind a row on, for lists of any length."""
    body = {**_listed(wanted), "query": _narrowed(wanted, True), "size": size}
    return {**body, "search_after": last} if last is not None else body


def places(wanted: Wanted) -> Body:
    """All regions or authorities, ranked or not."""
    return {**_listed(wanted), "query": _narrowed(wanted, False), "size": PLACES}


def unranked(wanted: Wanted) -> Body:
    """How many have a score but no rank."""
    query = _narrowed(wanted, False)
    query["bool"]["filter"].append({"exists": {"field": "doubt"}})
    return {"query": query, "size": 0, "track_total_hits": True}


def _listed(wanted: Wanted) -> Body:
    return {"sort": ORDER, "track_total_hits": True, "_source": LISTED}


def _narrowed(wanted: Wanted, ranked_only: bool) -> Body:
    query = _all(rubric=wanted.rubric, reader=wanted.reader, kind=wanted.kind, month=wanted.month)
    if wanted.region:
        query["bool"]["filter"].append({"term": {"region_path": wanted.region}})
    if ranked_only:
        query["bool"]["must_not"] = [{"exists": {"field": "doubt"}}]
    return query


def _all(**terms: str) -> Body:
    return {"bool": {"filter": [{"term": {name: value}} for name, value in terms.items()]}}
