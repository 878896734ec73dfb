"""One crawler process over any number of runs; its reactor runs once, so a process does this once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawlers import quietlog, scrapysettings
from crawlers.clock import Clock
from crawlers.families import FAMILIES
from crawlers.frontier import Frontier
from crawlers.offline import keep_offline
from crawlers.results import RunResult
from crawlers.runs import Run
from crawlers.settings import Settings
from crawlers.source import Source
from crawlers.spiders.base import SourceSpider
from crawlers.window import Window

Tell = Callable[[RunResult], None]


@dataclass
class Job:
    """A run to fill: ``clock`` is the walk's day (that of the run read again, in an extract)."""

    source: Source
    run: Run
    clock: Clock
    extra: dict[str, Any] = field(default_factory=dict)
    """Scrapy settings beside those of the source."""
    window: Window | None = None
    frontier: Frontier | None = None
    spider: type[SourceSpider] | None = None
    """Another spider than the family's."""


def work(jobs: Sequence[Job], settings: Settings, tell: Tell) -> list[RunResult]:
    """Do the jobs side by side; ``tell`` hears of each as it ends."""
    keep_offline()
    quietlog.quieten(settings.log_level)
    process = AsyncCrawlerProcess(scrapysettings.of_process(settings))
    results: list[RunResult] = []
    for job in jobs:
        process.crawl(
            process.create_crawler(_configured(job, settings)), source=job.source, run=job.run, clock=job.clock,
            ended=_ended(job.run, results, tell), flush_seconds=settings.flush_seconds, window=job.window,
            frontier=job.frontier,
        )  # fmt: skip
    process.start()
    return [*results, *_unborn(jobs, results)]


def _configured(job: Job, settings: Settings) -> type[Any]:
    """The family's spider with the settings of one source (Scrapy reads them off the class)."""
    spider = job.spider or FAMILIES[job.source.family]
    custom = {**scrapysettings.of_source(job.source, settings), **job.extra}
    return type(spider.__name__, (spider,), {"custom_settings": custom, "__module__": spider.__module__})


def _ended(run: Run, results: list[RunResult], tell: Tell) -> Callable[[dict[str, Any]], None]:
    def ended(facts: dict[str, Any]) -> None:
        results.append(_result(facts, run.folder))
        tell(results[-1])

    return ended


def _unborn(jobs: Sequence[Job], results: list[RunResult]) -> list[RunResult]:
    """Runs whose spider never opened (a fault in the set-up): closed as stopped, so that they are on record."""
    done = {result.run for result in results}
    left = [job.run for job in jobs if job.run.name not in done]
    return [_result(run.finish("stopped", "the crawl did not begin; see the log"), run.folder) for run in left]


def _result(facts: dict[str, Any], folder: Path) -> RunResult:
    return RunResult(facts["source"], folder.name, folder, facts["status"], facts["reason"], facts["counts"])
