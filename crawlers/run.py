"""Crawl sources: one process runs any number of them side by side, each into its own run folder.

    python -m crawlers.run SOURCE… --var DIR

Exit code 0: every run finished; 3: a run stopped (blocked, down, changed, below its floor); 2: the call was wrong.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers import clock as clocks
from crawlers import settings as settings_module
from crawlers.clock import Clock
from crawlers.errors import CrawlError
from crawlers.settings import Settings
from crawlers.source import Source, effective

GOOD, USAGE, STOPPED = 0, 2, 3


@dataclass(frozen=True)
class RunResult:
    """How one run ended: ``status`` finished or stopped, ``counts`` as in run.json, ``folder`` of the run."""

    source: str
    run: str
    folder: Path
    status: str
    reason: str | None
    counts: dict[str, int]


Progress = Callable[[RunResult], None]


def crawl(names: Sequence[str], var: Path, progress: Progress | None = None) -> list[RunResult]:
    """Crawl the named sources in a process of their own; ``progress`` is called as each ends.

    Raises CrawlError with the process's own message where it could not begin, RuntimeError where it died.
    """
    command = [sys.executable, "-m", "crawlers.run", *names, "--var", str(var), "--results"]
    return _results(command, progress)


def _results(command: list[str], progress: Progress | None) -> list[RunResult]:
    results = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8") as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            result = _result(json.loads(line))
            results.append(result)
            if progress is not None:
                progress(result)
        process.wait()
        errors.seek(0)
        words = errors.read().strip()
    if process.returncode == USAGE:
        raise CrawlError(words.splitlines()[-1].removeprefix("error: ") if words else "the crawl could not begin")
    if process.returncode not in (GOOD, STOPPED):
        raise RuntimeError(f"the crawl died with exit code {process.returncode}: {words[-2000:]}")
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """The subprocess entry; see the module."""
    options = _parser().parse_args(arguments)
    try:
        settings = settings_module.load()
        sources = [effective(name, settings.source_folders) for name in dict.fromkeys(options.sources)]
        clock = clocks.checked(clocks.read(), [source.name for source in sources if not source.loopback])
        results = in_process(sources, options.var or settings.var, clock, settings, options.results)
    except CrawlError as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    return GOOD if all(result.status == "finished" for result in results) else STOPPED


def in_process(
    sources: Sequence[Source], var: Path, clock: Clock, settings: Settings, as_json: bool = False
) -> list[RunResult]:
    """Crawl in this process: its reactor runs once, so this may be called once a process."""
    # Imported here: Scrapy installs its reactor on import of its crawler, which the callers of crawl() must not have.
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers import scrapysettings
    from crawlers.families import FAMILIES
    from crawlers.runs import Run

    runs: list[Run] = []
    try:
        for source in sources:
            runs.append(Run(var, source, clock, lease_seconds=settings.lease_seconds))
    except CrawlError:
        for run in runs:
            run.finish("stopped", "not begun: another source asked for with it could not be begun")
        raise
    process = AsyncCrawlerProcess(scrapysettings.of_process(settings))
    results: list[RunResult] = []
    for source, run in zip(sources, runs, strict=True):
        configured = _configured(FAMILIES[source.family], scrapysettings.of_source(source, settings))
        crawler = process.create_crawler(configured)
        process.crawl(
            crawler, source=source, run=run, clock=clock, ended=_told(run, results, as_json),
            flush_seconds=settings.flush_seconds,
        )  # fmt: skip
    process.start()
    return [*results, *_unborn(runs, results)]


def _configured(spider: type[Any], custom: dict[str, Any]) -> type[Any]:
    """The family's spider with the settings of one source (Scrapy reads them off the class)."""
    return type(spider.__name__, (spider,), {"custom_settings": custom, "__module__": spider.__module__})


def _told(run: Any, results: list[RunResult], as_json: bool) -> Callable[..., None]:
    def told(facts: dict[str, Any]) -> None:
        result = RunResult(facts["source"], run.name, run.folder, facts["status"], facts["reason"], facts["counts"])
        results.append(result)
        _say(result, as_json)

    return told


def _unborn(runs: Sequence[Any], results: list[RunResult]) -> list[RunResult]:
    """Runs whose spider never opened (a fault in the set-up): closed as stopped, so that they are on record."""
    done = {result.run for result in results}
    found = []
    for run in runs:
        if run.name not in done:
            facts = run.finish("stopped", "the crawl did not begin; see the log")
            found.append(RunResult(facts["source"], run.name, run.folder, "stopped", facts["reason"], facts["counts"]))
    return found


def _say(result: RunResult, as_json: bool) -> None:
    if as_json:
        facts = {**vars(result), "folder": str(result.folder)}
        print(json.dumps(facts, ensure_ascii=False), flush=True)
    else:
        counts = f"{result.counts['requests']} requests, {result.counts['records']} records"
        print(f"{result.source}: {result.status}{f' ({result.reason})' if result.reason else ''}, {counts}", flush=True)


def _result(facts: dict[str, Any]) -> RunResult:
    return RunResult(**{**facts, "folder": Path(facts["folder"])})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.run", description="Crawl sources into run folders.")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="name of a source (the stem of its YAML file)")
    parser.add_argument("--var", type=Path, metavar="DIR", help="data folder (default: QINGCE_VAR)")
    parser.add_argument("--results", action="store_true", help="print one JSON line a run instead of words")
    return parser


if __name__ == "__main__":
    sys.exit(main())
