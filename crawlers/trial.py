"""A source tried on a few polite pages: what a person sees before it is switched on, and pages saved as tests.

    python -m crawlers.trial SOURCE --var DIR --pages 3 --fixtures DIR

The crawl is the real one (robots.txt, pace, hosts, limits), ended after so many pages. Each page object's first page is
saved in web-poet's fixture format with what was read of it; ``python -m pytest`` replays such a folder, field by field.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from web_poet import HttpResponse, PageParams
from web_poet.serialization import load_class
from web_poet.testing import Fixture
from web_poet.utils import get_fq_class_name

from crawlers import clock as clocks
from crawlers import scrapysettings, settings
from crawlers.errors import CrawlError
from crawlers.opencapture import Capture, read_captures
from crawlers.pages.base import SourcePage
from crawlers.process import Job, work
from crawlers.runs import Run
from crawlers.source import Source, effective

ROBOTS = "robots.txt"
PATIENCE = 900
"""Seconds that a trial may take."""
_LAST = -100
_SEEN: list[SourcePage] = []


@dataclass(frozen=True)
class Trial:
    """``folder`` of the run, ``saved`` page fixtures, ``robots`` in words, how the run ended."""

    folder: Path
    status: str
    reason: str | None
    saved: list[Path]
    robots: str


class PageRecorder:
    """Keeps the page objects of the crawl; scrapy-poet has put them among the callback's arguments by then."""

    def __init__(self, spider: Spider) -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Any) -> PageRecorder:
        """Called by Scrapy."""
        return cls(crawler.spider)

    def process_spider_input(self, response: Response) -> None:
        """Called by Scrapy before each callback."""
        if response.request is not None:
            _SEEN.extend(value for value in response.request.cb_kwargs.values() if isinstance(value, SourcePage))

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What leads deeper is asked first: three pages of a list would show no record."""
        own = getattr(response.request.callback, "__name__", None) if response.request is not None else None
        async for item in result:
            if isinstance(item, Request) and getattr(item.callback, "__name__", "") == own:
                item.priority = _LAST
            yield item


def tried(source: Source, folders: tuple[Path, ...], var: Path, fixtures: Path, pages: int) -> Trial:
    """Try a source in a process of its own; ``var`` is a folder for the run, ``fixtures`` one for the saved pages.

    Raises CrawlError with the process's own last line where it could not begin.
    """
    known = os.pathsep.join(str(folder) for folder in folders if folder != settings.BUILT_IN)
    command = [
        sys.executable, "-m", "crawlers.trial", source.name, "--var", str(var), "--fixtures", str(fixtures), "--pages",
        str(pages),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, env={**os.environ, "QINGCE_SOURCES": known}, capture_output=True, text=True, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CrawlError(f"{source.name}: no {pages} pages in {PATIENCE} s; the site is too slow now") from None
    if done.returncode != 0:
        words = done.stderr.strip().splitlines()
        raise CrawlError(f"{source.name}: the trial could not begin: {words[-1] if words else 'no reason was given'}")
    facts = json.loads(done.stdout.splitlines()[-1])
    folder = Path(facts["folder"])
    return Trial(folder, facts["status"], facts["reason"], [Path(path) for path in facts["saved"]], robots_of(folder))


def robots_of(folder: Path) -> str:
    """What the run's robots.txt said, in words: found or not, and whether anything that was asked is forbidden."""
    captures = list(read_captures(folder))
    answers = [capture for capture in captures if capture.url.endswith(f"/{ROBOTS}")]
    if not answers:
        return "robots.txt was not answered: the site was not asked"
    return "; ".join(_verdict(answer) for answer in answers)


def _verdict(answer: Capture) -> str:
    if answer.status >= 400 or not answer.body:
        return f"{answer.url}: status {answer.status}, nothing is forbidden"
    rules = ProtegoRobotParser(answer.body, None)
    allowed = rules.allowed(answer.url.removesuffix(ROBOTS), settings.load().user_agent)
    return f"{answer.url}: {'read and obeyed' if allowed else 'all is forbidden'}"


def replayed(folder: Path) -> list[str]:
    """Why saved pages no longer give what was expected of them; empty where all do."""
    return [problem for path in saved_pages(folder) if (problem := _differs(path)) is not None]


def saved_pages(folder: Path) -> list[Path]:
    """The saved pages below a folder."""
    return sorted(path.parent for path in folder.glob("*/*/output.json")) if folder.is_dir() else []


def _differs(path: Path) -> str | None:
    fixture = Fixture(path)
    expected = fixture.get_expected_output()
    now = json.loads(json.dumps(fixture.get_output(load_class(path.parent.name)), default=str))
    wrong = [name for name in expected if now.get(name) != expected[name]]
    return f"{path.parent.name}/{path.name}: {', '.join(wrong)} differ" if wrong else None


def main() -> int:
    """The process; prints one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.trial", description="Try a source on a few pages.")
    parser.add_argument("source")
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--fixtures", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=3)
    asked = parser.parse_args()
    try:
        source = effective(asked.source)
        clock = clocks.checked(clocks.read(), [] if source.loopback else [source.name])
        run = Run(asked.var, source, clock)
    except CrawlError as error:
        print(error, file=sys.stderr)
        return 1
    extra = {
        "SPIDER_MIDDLEWARES": {**scrapysettings.SPIDER_MIDDLEWARES, "crawlers.trial.PageRecorder": 10},
        # robots.txt counts as a page.
        "CLOSESPIDER_PAGECOUNT": asked.pages + 1,
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    }
    (result,) = work([Job(source, run, clock, extra)], settings.load(), lambda _: None)
    saved = [str(path) for path in _saved(asked.fixtures)]
    facts = {"folder": str(result.folder), "status": result.status, "reason": result.reason, "saved": saved}
    print(json.dumps(facts, ensure_ascii=False))
    return 0


def _saved(folder: Path) -> Iterator[Path]:
    """Save the first page of each page object: its answer, what it was told, what it read."""
    import crawlers.trial as this

    first: dict[str, SourcePage] = {}
    for page in this._SEEN:
        first.setdefault(get_fq_class_name(type(page)), page)
    for name, page in first.items():
        headers = {"Content-Type": page.response.headers.get("Content-Type") or "text/html"}
        answer = HttpResponse(str(page.response.url), bytes(page.response.body), status=200, headers=headers)
        params = PageParams(dict(page.params))
        kind = type(page)
        item = asyncio.run(kind(answer, params).to_item())
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        if (place / "trial").exists():
            _remove(place / "trial")
        fixture = Fixture.save(place, inputs=[answer, params], item=item, fixture_name="trial")
        yield Path(fixture.path)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


if __name__ == "__main__":
    sys.exit(main())
