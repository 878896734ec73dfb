"""The sources: which channel each is, what it covers, when it was last read well, and how the last looks went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _

from indexer.clock import today
from indexer.search import runs
from webapp import results
from webapp.public.blueprint import public
from webapp.services import services
from webapp.sources import Source, source_of

WINDOW = timedelta(days=30)
RECENT = 30


@dataclass(frozen=True)
class Reach:
    """One source with its runs; ``looks`` counts the last 30 days' looks by outcome."""

    source: Source
    enabled: bool
    runs: int
    first: str | None
    last: dict[str, Any] | None
    last_finished: dict[str, Any] | None
    looks: dict[str, int]

    @property
    def good(self) -> int:
        """Good looks of the last 30 days."""
        return self.looks.get("found", 0) + self.looks.get("absent", 0)

    @property
    def observability(self) -> float | None:
        """Share of good looks among all of the last 30 days; None where there was none."""
        total = sum(self.looks.values())
        return self.good / total if total else None


@public.get("/sources")
def sources() -> str:
    """All sources, enabled ones first."""
    found = reaches()
    return render_template("public/sources.html", reaches=sorted(found, key=lambda r: (not r.enabled, r.source.name)))


@public.get("/sources/<source>")
def source(source: str) -> str:
    """One source: what it covers and its last runs."""
    reach = next((reach for reach in reaches() if reach.source.name == source), None)
    if reach is None:
        abort(404, _("没有名为 %(name)s 的来源。", name=source))
    recent = results.rows(services().store.search("runs", runs.of_source(source, RECENT)))
    return render_template("public/source.html", reach=reach, runs=recent)


def reaches() -> list[Reach]:
    """Every source that is enabled or has runs."""
    store, book = services().store, services().sources().sources
    ran = {b["key"]: b for b in results.buckets(store.search("runs", runs.by_source()), "source")}
    since = (today() - WINDOW).isoformat()
    looked = results.buckets(store.search("visits", runs.outcomes_by_source(since)), "source")
    looks = {b["key"]: {o["key"]: o["doc_count"] for o in b["outcome"]["buckets"]} for b in looked}
    names = sorted({*book, *ran})
    return [_reach(book.get(name), name, ran.get(name), looks.get(name, {})) for name in names]


def _reach(source: Source | None, name: str, ran: dict[str, Any] | None, looks: dict[str, int]) -> Reach:
    known = source or source_of({}, name)
    if ran is None:
        return Reach(known, source is not None, 0, None, None, None, looks)
    last, finished = results.rows(ran["last"]), results.rows(ran["finished"]["last"])
    return Reach(
        source=known,
        enabled=source is not None,
        runs=ran["doc_count"],
        first=ran["first"].get("value_as_string"),
        last=last[0] if last else None,
        last_finished=finished[0] if finished else None,
        looks=looks,
    )
