"""Crawl sources: one process runs any number of them side by side, each into its own run folder.

    python -m crawlers.run SOURCE… --var DIR [--from DAY] [--to DAY]

Exit code 0: every run finished; 3: a run stopped (blocked, down, changed, below its floor); 2: the call was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from environs import EnvError

from crawlers import clock as clocks
from crawlers import frontier
from crawlers import settings as settings_module
from crawlers import window as windows
from crawlers.clock import Clock
from crawlers.errors import CrawlError, SourceError
from crawlers.families import FAMILIES
from crawlers.process import Job, work
from crawlers.results import USAGE, RunResult, code, listen
from crawlers.runs import Run
from crawlers.settings import Settings
from crawlers.source import Source, effective
from crawlers.stamping import stamp_after
from crawlers.window import Window


def crawl(
    names: Sequence[str], var: Path, progress: Callable[[RunResult], None] | None = None, window: Window | None = None
) -> list[RunResult]:
    """Crawl the named sources in a process of their own; ``progress`` is called as each ends.

    ``window`` narrows it to certain days. Raises CrawlError with the process's own message where it could not begin,
    RuntimeError where it died.
    """
    days = {"--from": window.first, "--to": window.last} if window else {}
    narrowed = [part for name, day in days.items() if day for part in (name, day.isoformat())]
    return listen([sys.executable, "-m", "crawlers.run", *names, "--var", str(var), *narrowed, "--results"], progress)


def main(arguments: Sequence[str] | None = None) -> int:
    """The subprocess entry; see the module."""
    options = _parser().parse_args(arguments)
    try:
        settings = settings_module.load()
        sources = [_crawlable(name, settings) for name in dict.fromkeys(options.sources)]
        clock = clocks.checked(clocks.read(), [source.name for source in sources if not source.loopback])
        window = Window(options.first, options.last) if options.first or options.last else None
        if window is not None:
            sources = [_narrowed(source, window, clock) for source in sources]
        jobs = _jobs(sources, options.var or settings.var, clock, settings, window)
    except (CrawlError, EnvError) as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    results = work(jobs, settings, lambda result: result.say(options.results))
    stamp_after((options.var or settings.var) / "runs", [source.name for source in sources], settings)
    return code(results)


def _crawlable(name: str, settings: Settings) -> Source:
    source = effective(name, settings.source_folders)
    if source.family not in FAMILIES:
        raise SourceError(f"{name}: its material is supplied by a person (family {source.family}); import it instead")
    return source


def _narrowed(source: Source, window: Window, clock: Clock) -> Source:
    """The source with a walk of certain days; raises SourceError where it cannot be narrowed."""
    windows.checked(window, source.name, source.walk)
    return replace(source, walk=windows.narrowed(source.walk, window, clock.today()))


def _jobs(sources: Sequence[Source], var: Path, clock: Clock, settings: Settings, window: Window | None) -> list[Job]:
    """A run folder for each source; where one cannot be begun none is crawled, and those begun say so."""
    jobs: list[Job] = []
    try:
        for source in sources:
            run = Run(
                var, source, clock, lease_seconds=settings.lease_seconds, continue_hours=settings.continue_hours,
                period=window.period if window else None,
            )  # fmt: skip
            found = frontier.load(var, source.name, clock.today())
            jobs.append(Job(source, run, clock, window=window, frontier=found))
    except CrawlError:
        for job in jobs:
            job.run.finish("stopped", "not begun: another source asked for with it could not be begun")
        raise
    return jobs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.run", description="Crawl sources into run folders.")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="name of a source (the stem of its YAML file)")
    parser.add_argument("--var", type=Path, metavar="DIR", help="data folder (default: QINGCE_VAR)")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day wanted")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day wanted")
    parser.add_argument("--results", action="store_true", help="print one JSON line a run instead of words")
    return parser


if __name__ == "__main__":
    sys.exit(main())
