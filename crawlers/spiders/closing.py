"""The end of a run: looks left open, one walk visit a covered kind and list, floors, status and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawlers import layout
from crawlers.items import Seen, issue
from crawlers.visits import Look, Walk

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider

WORDS = {
    "shutdown": "interrupted: the process was asked to end",
    "closespider_timeout": "ended at its time limit",
    "closespider_pagecount": "ended at its limit of requests",
    "memusage_exceeded": "ended at its memory limit",
}


def close(spider: SourceSpider, reason: str) -> dict[str, Any]:
    """Write what the run can say as a whole and close its folder; returns what its run.json says."""
    page = Seen(spider.source.base_url, spider.clock.stamp(), None)
    if spider.stopped is None and reason != "finished":
        spider.stopped = Look("failed", page, WORDS.get(reason, reason))
    if spider.stopped is None and (short := floors(spider)):
        spider.stopped = Look("unreadable", page, f"floor: {short}")
    statistics = {**spider.counts.told(), "pages": spider.pages}
    doubtful = compared(spider, statistics, page)
    unfinished = spider.stopped or Look("failed", page, "the run ended before this page was asked")
    for subject in spider.subjects:
        for visit in subject.fail(unfinished):
            spider.run.visits.add(narrowed(spider, visit))
    for visit in walks(spider, page):
        spider.run.visits.add(narrowed(spider, visit))
    stopped = spider.stopped
    told = {"statistics": statistics, "doubtful": doubtful}
    return spider.run.finish("stopped" if stopped else "finished", stopped.reason if stopped else None, told)


def compared(spider: SourceSpider, statistics: dict[str, Any], page: Seen) -> dict[str, str]:
    """Kinds whose records are in doubt beside the source's own history, which stops the run; see ``layout``."""
    if spider.stopped is not None or spider.window is not None:
        return {}
    before = layout.history(spider.run.folder.parent)
    doubtful = layout.doubts(statistics, before, spider.source.floors)
    for kind, words in doubtful.items():
        advice = f"its records are held; correct the source and extract the run, or state floors.fill of {kind}"
        spider.run.issues.add(issue(page, "error", "layout-changed", f"{words}; {advice}"))
    reason = next(iter(doubtful.values()), None) or layout.pages(statistics, before)
    if reason is not None:
        spider.stopped = Look("unreadable", page, reason)
    return doubtful


def narrowed(spider: SourceSpider, visit: dict[str, Any]) -> dict[str, Any]:
    """A visit of a crawl of certain days speaks of these alone: it makes nobody absent outside them."""
    if spider.window is not None and visit["period"] is None:
        visit["period"] = spider.window.period
    return visit


def walks(spider: SourceSpider, page: Seen) -> list[dict[str, Any]]:
    """A walk visit for each covered kind and list; where not even a list was begun, of an empty one.

    A good run says nothing of a kind that its walk cannot yield: nobody looked for it.
    """
    covered = dict.fromkeys(kind for cover in spider.source.data["covers"] for kind in cover["kinds"])
    kinds = [kind for kind in covered if spider.stopped is not None or kind in spider.source.kinds]
    found = spider.walks or [Walk()]
    return [walk.visit(spider.source.name, kind, page.at, spider.stopped) for kind in kinds for walk in found]


def floors(spider: SourceSpider) -> str | None:
    """Why the run brought less than the source's floors; None where it brought enough."""
    counts = spider.counts
    for kind, least in spider.source.floors["rows"].items():
        if counts.rows[kind] < least:
            return f"{counts.rows[kind]} rows of {kind}, at least {least} were expected"
    for kind, columns in spider.source.floors["fill"].items():
        for column, share in columns.items():
            carried, filled = counts.of(kind, column)
            if counts.rows[kind] and not carried:
                return f"no row of {kind} has the column {column}"
            if filled < share * carried:
                return f"{column} of {kind} is filled in {filled} of {carried} rows, {share:.0%} were expected"
    return None
