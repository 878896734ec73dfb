"""Questions on what falls due soon: duties not yet due, within 7, 30 or 90 days, of one region or of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from indexer.search import facets
from indexer.search.duties import Reader, state_field, visible
from indexer.search.queries import Body

WINDOWS = (7, 30, 90)
"""Days ahead that pages count; any number may be asked for."""
LONGEST = 400
ORDER: list[Body] = [{"due": {"order": "asc"}}, {"id": "asc"}]
"""The nearest due day first; the id keeps pages from flickering."""


@dataclass(frozen=True)
class Ahead:
    """``today`` and the ``days`` after it, both ends included; ``region`` is a GB/T 2260 code or None for all."""

    today: date
    days: int = 30
    region: str | None = None
    obligation: str | None = None

    @property
    def until(self) -> date:
        """The last day asked about."""
        return self.today + timedelta(days=self.days)


def due(ahead: Ahead, reader: Reader) -> Body:
    """The query part: what the reader may see of the duties that fall due in the window."""
    span = {"range": {"due": {"gte": ahead.today.isoformat(), "lte": ahead.until.isoformat()}}}
    pairs = {"region_path": ahead.region, "obligation": ahead.obligation}
    clauses = [span, {"term": {state_field(reader): "not_due"}}, *visible(reader)]
    return {"bool": {"filter": [*clauses, *({"term": {k: v}} for k, v in pairs.items() if v)]}}


def page(
    ahead: Ahead, reader: Reader, size: int, start: int = 0, after: Sequence[Any] | None = None, counted: bool = True
) -> Body:
    """A request body to ``duties``; ``after`` are the sort values of the last row before it, in place of ``start``."""
    body: Body = {"query": due(ahead, reader), "sort": ORDER, "size": size, "track_total_hits": True}
    if after is not None:
        return {**body, "search_after": list(after)}
    return {**body, "from": start, **({"aggs": counts(ahead)} if counted else {})}


def counts(ahead: Ahead) -> dict[str, Any]:
    """By obligation, by region, by day, and how many nothing has been seen of yet."""
    return {
        "obligation": facets.terms("obligation"),
        "region": facets.terms("region_path", facets.REGION_SIZE),
        "day": {"terms": {"field": "due", "format": "yyyy-MM-dd", "size": LONGEST, "order": {"_key": "asc"}}},
        "unseen": {"filter": {"bool": {"must_not": [{"exists": {"field": "first_seen"}}]}}},
        "provisional": {"filter": {"term": {"due_provisional": True}}},
    }


def windows(ahead: Ahead, reader: Reader) -> Body:
    """How many fall due in each of ``WINDOWS`` (names ``7``, ``30``, ``90``); no rows."""
    filters = {str(days): due(Ahead(ahead.today, days, ahead.region, ahead.obligation), reader) for days in WINDOWS}
    return {"size": 0, "aggs": {"windows": {"filters": {"filters": filters}}}}
