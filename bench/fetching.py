"""The timed processes of the rows ``crawl`` and ``memory``: a reactor runs once, so each timing is a process.

python -m bench.fetching ours TIME_FILE VAR COPIES KEEP SOURCE…   the project's spiders, as ``crawlers.run`` runs them
python -m bench.fetching plain TIME_FILE REQUESTS_FILE COPIES     Scrapy alone: the same requests, nothing read or kept
python -m bench.fetching memory FILE SOURCES VAR EVERY            the endless directory, its memory after EVERY answers
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from bench import endless
from bench import memory as memories
from bench.stopwatch import EXTENSION, FILE
from crawlers import clock, process, settings, source
from crawlers.runs import Run
from crawlers.scrapysettings import FIXED

CONCURRENCY = 16
"""As the province's own source files say."""


class PlainSpider(Spider):
    """Sends what it is given and looks at nothing."""

    name = "plain"

    def __init__(self, requests: list[dict[str, Any]]) -> None:
        super().__init__()
        self.requests, self.answered = requests, 0

    async def start(self) -> AsyncIterator[Request]:
        """All requests."""
        for asked in self.requests:
            body, headers = asked["body"].encode("latin-1"), asked["headers"]
            yield Request(asked["url"], self.parse, asked["method"], headers, body, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Only counts."""
        self.answered += 1


def plain(told: Path, requests: Path, copies: int) -> int:
    """Exit code 1 where a request had no answer: then the timing would be that of other pages."""
    runner = AsyncCrawlerProcess({
        "CONCURRENT_REQUESTS": CONCURRENCY, "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY, "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, "LOGSTATS_INTERVAL": 0, "STATS_DUMP": False,
        # Redirects stand among the requests; a session's page that now answers otherwise is an answer too.
        "REDIRECT_ENABLED": False, "RETRY_ENABLED": False, "HTTPERROR_ALLOW_ALL": True,
        "LOG_LEVEL": "WARNING", FILE: str(told), **EXTENSION,
    })  # fmt: skip
    crawlers = []
    asked = json.loads(requests.read_text(encoding="utf-8")) * copies
    for part in asked:
        crawlers.append(runner.create_crawler(PlainSpider))
        runner.crawl(crawlers[-1], part)
    runner.start()
    answered = sum(crawler.spider.answered for crawler in crawlers if isinstance(crawler.spider, PlainSpider))
    wanted = sum(map(len, asked))
    if answered != wanted:
        print(f"only {answered} of {wanted} pages were answered", file=sys.stderr)
        return 1
    return 0


def ours(told: Path, var: Path, copies: int, keep: str, names: Sequence[str]) -> int:
    """Exit code 1 where a run did not finish."""
    options, now = settings.load(), clock.read()
    jobs = []
    for number in range(copies):
        for name in names:
            found = replace(source.effective(name, options.source_folders), keep=keep)
            extra = {FILE: str(told), **extensions("bench.stopwatch.Stopwatch")}
            jobs.append(process.Job(found, Run(var / str(number), found, now), now, extra=extra))
    results = process.work(jobs, options, lambda _: None)
    bad = [result.words for result in results if result.status != "finished"]
    print("\n".join(bad), file=sys.stderr)
    return 1 if bad else 0


def memory(told: Path, sources: Path, var: Path, every: int) -> int:
    """Exit code 1 where the run did not finish."""
    found = source.effective(endless.NAME, (sources,))
    run = Run(var, found, clock.read())
    extra = {memories.FILE: str(told), memories.EVERY: every, **extensions("bench.memory.Samples")}
    result = process.work([process.Job(found, run, clock.read(), extra=extra)], settings.load(), lambda _: None)[0]
    print(result.words, file=sys.stderr)
    return 0 if result.status == "finished" else 1


def extensions(own: str) -> dict[str, Any]:
    """The project's own extensions and one that measures."""
    return {"EXTENSIONS": {**FIXED["EXTENSIONS"], own: 0}}


def main(arguments: list[str]) -> int:
    """The entry; see the module."""
    told, rest = Path(arguments[1]), arguments[2:]
    match arguments[0]:
        case "plain":
            return plain(told, Path(rest[0]), int(rest[1]))
        case "memory":
            return memory(told, Path(rest[0]), Path(rest[1]), int(rest[2]))
        case "ours":
            return ours(told, Path(rest[0]), int(rest[1]), rest[2], rest[3:])
        case other:
            raise SystemExit(f"no such timing: {other}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
