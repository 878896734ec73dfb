"""Everything between an empty folder and a complete demonstration; each step finds what an earlier try has done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.cli.demo import days, identity
from webapp.cli.demo.province import Province, Script
from webapp.cli.output import Steps, steps

if TYPE_CHECKING:
    from indexer.settings import Settings


def prepare(settings: Settings, script: Script, sites: Province, wanted: str) -> None:
    """Crawl every visit day, index, judge; then write that the folder is complete."""
    identity.write(settings.var, wanted, complete=False)
    names = enable(settings, sites)
    with steps(len(script.visit_days) + 2) as work:
        for day in script.visit_days:
            due = [name for name in names if name not in script.once or day == script.visit_days[-1]]
            _visit(settings, sites, due, day, work)
        _judge(settings, work)
    identity.write(settings.var, wanted, complete=True)


def empty_index(settings: Settings) -> None:
    """Drop what another demonstration left in a cluster that outlives the data folder."""
    from indexer.engine.connect import connected
    from indexer.engine.store import Store

    with connected(settings) as client:
        Store(client, settings.index_prefix).drop()


def enable(settings: Settings, sites: Province) -> list[str]:
    """Enable every source of the province; their names."""
    from crawlers.source import effective
    from webapp.cli.sources import write

    names = sorted(path.stem for path in sites.sources.glob("*.yaml"))
    for name in names:
        write(effective(name), settings.sources)
    return names


def _visit(settings: Settings, sites: Province, names: list[str], day: str, work: Steps) -> None:
    lacking = days.lacking(settings.runs, names, day)
    work.say(f"{day}: crawling {len(lacking)} sources" if lacking else f"{day}: crawled already")
    if lacking:
        sites.set_clock(day)
        days.crawl(lacking, day, settings.var, lambda result: work.say(f"{day}: {result.words}"))
    work.done()


def _judge(settings: Settings, work: Steps) -> None:
    """Index and scan at the script's last day, which is this process's simulated clock."""
    from indexer import pipeline, scan, scoring
    from webapp.cli.opened import opened

    with opened() as (store, _):
        work.say("indexing the run folders")
        for result in pipeline.index_pending(store, settings):
            work.say(f"indexing {result.source} {result.run}")
        work.done()
        work.say("judging every duty")
        scan.scan(store, settings)
        work.say("scoring everybody")
        scoring.score(store, settings)
        work.done()
