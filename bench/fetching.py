"""The timed processes of the row ``crawl``: a reactor runs once, so each timing is a process of its own.

python -m bench.fetching ours SOURCE VAR SECONDS_FILE       the project's spider, as ``crawlers.run`` runs it
python -m bench.fetching plain REQUESTS_FILE SECONDS_FILE   Scrapy alone: the same requests, nothing read or kept
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from bench.stopwatch import EXTENSION, FILE
from crawlers import clock, process, settings, source
from crawlers.runs import Run

CONCURRENCY = 16
"""As the province's own source files say."""


class PlainSpider(Spider):
    """Sends what it is given and looks at nothing."""

    name = "plain"

    def __init__(self, requests: list[dict[str, Any]]) -> None:
        super().__init__()
        self.requests, self.good = requests, 0

    async def start(self) -> AsyncIterator[Request]:
        """All requests."""
        for asked in self.requests:
            body, headers = asked["body"].encode("latin-1"), asked["headers"]
            yield Request(asked["url"], self.parse, asked["method"], headers, body, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Only counts."""
        self.good += response.status == 200


def plain(requests: Path, seconds: Path) -> int:
    """Exit code 1 where an answer was not good: then the timing would be that of other pages."""
    runner = AsyncCrawlerProcess({
        "CONCURRENT_REQUESTS": CONCURRENCY, "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY, "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, "LOGSTATS_INTERVAL": 0, "STATS_DUMP": False,
        "LOG_LEVEL": "WARNING", FILE: str(seconds), **EXTENSION,
    })  # fmt: skip
    asked = json.loads(requests.read_text(encoding="utf-8"))
    crawler = runner.create_crawler(PlainSpider)
    runner.crawl(crawler, asked)
    runner.start()
    assert isinstance(crawler.spider, PlainSpider)
    if crawler.spider.good != len(asked):
        print(f"only {crawler.spider.good} of {len(asked)} pages answered 200", file=sys.stderr)
        return 1
    return 0


def ours(name: str, var: Path, seconds: Path) -> int:
    """Exit code 1 where the run did not finish; prints its folder."""
    options, now = settings.load(), clock.read()
    run = Run(var, source.effective(name, options.source_folders), now)
    job = process.Job(source.effective(name), run, now, extra={FILE: str(seconds), **EXTENSION})
    result = process.work([job], options, lambda _: None)[0]
    print(result.folder)
    if result.status != "finished":
        print(result.words, file=sys.stderr)
    return 0 if result.status == "finished" else 1


if __name__ == "__main__":
    if sys.argv[1] == "plain":
        sys.exit(plain(Path(sys.argv[2]), Path(sys.argv[3])))
    sys.exit(ours(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
