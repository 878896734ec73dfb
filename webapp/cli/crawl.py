"""``qingce crawl`` and ``qingce extract``: run folders from sites, and from run folders read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from webapp.cli.errors import CommandFailed, CommandPartial
from webapp.cli.output import json_option, saying, show_json
from webapp.cli.verify import chosen

if TYPE_CHECKING:
    from crawlers.results import RunResult
    from crawlers.window import Window

DAY = click.DateTime(["%Y-%m-%d"])
Result = TypeVar("Result")


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--from", "first", type=DAY, help="Only what is dated this day or later (back-fill, date window).")
@click.option("--to", "last", type=DAY, help="Only what is dated this day or earlier.")
@json_option
def crawl(sources: tuple[str, ...], first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Crawl sources now and write a run folder each.

    A run that was cut short is taken up: what it had read is not asked again. With --from or --to the crawl is about
    these days alone, and so is what it says of anybody's absence; the source's walk must know days.

    Needs no Elasticsearch: `qingce index` takes the run folders in later. Exit code 3 where a run stopped by itself
    (blocked, down, changed, below its floor); what it gathered until then is kept.
    """
    from indexer.settings import load

    with saying() as say:
        say(f"crawling {', '.join(sources)}")
        results = crawled(sources, load().var, lambda result: say(result.words), _window(first, last))
    report(results, as_json)


@click.command()
@click.argument("run")
@json_option
def extract(run: str, as_json: bool) -> None:
    """Read the captures of RUN again with today's readers, into a new run folder.

    The site is not asked again. RUN is a run's name or SOURCE/RUN.
    """
    from crawlers.extract import extract as read_again
    from indexer.settings import load

    settings = load()
    with saying() as say:
        say(f"reading {run} again")
        results = _alive(lambda: [read_again(folder, settings.var) for folder in chosen(settings.runs, run)])
    report(results, as_json)


def crawled(
    sources: Sequence[str], var: Path, progress: Callable[[RunResult], None], window: Window | None = None
) -> list[RunResult]:
    """Crawl in a process of its own; raises CommandFailed where it died, CrawlError where it could not begin."""
    from crawlers.run import crawl as run

    return _alive(lambda: run(sources, var, progress, window))


def _window(first: datetime | None, last: datetime | None) -> Window | None:
    from crawlers.window import Window

    return Window(first.date() if first else None, last.date() if last else None) if first or last else None


def report(results: Iterable[RunResult], as_json: bool) -> None:
    """How each run ended; CommandPartial where one stopped."""
    found = list(results)
    if as_json:
        show_json([{**vars(result), "folder": str(result.folder)} for result in found])
    else:
        for result in found:
            click.echo(f"{result.words}\n  {result.folder}")
    stopped = [f"{result.source} ({result.reason})" for result in found if result.status != "finished"]
    if stopped:
        raise CommandPartial(f"stopped: {'; '.join(stopped)}")


def _alive(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except RuntimeError as error:
        # ``crawlers.results.listen`` says so when its process died; the words are that process's own.
        raise CommandFailed(" ".join(str(error).split())) from error
