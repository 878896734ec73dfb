"""One page of an unknown site, asked as politely as any: robots.txt, user agent, limits, and nothing it links to.

    page = look("http://sthj.example.gov.cn/list.html")
    page.body, page.content_type, page.reason

``python -m crawlers.peek URL --into DIR`` is the process behind it: Scrapy's reactor runs once in a process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from crawlers import clock as clocks
from crawlers import hosts, settings
from crawlers.errors import CrawlError
from crawlers.process import Job, work
from crawlers.runs import Run
from crawlers.source import Source, checked
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.visits import Look

NAME = "peek"
PATIENCE = 300
"""Seconds that the process may take: a robots.txt, a page, and their retries."""


class LookError(CrawlError):
    """The page could not be had: one line that says why and what to do."""


@dataclass(frozen=True)
class Peeked:
    """A page as it came: ``url`` after redirects, ``body`` without its content coding."""

    url: str
    content_type: str
    body: bytes


class PeekSpider(SourceSpider):
    """Asks one address. ``into`` is a folder for the answer and what is said of it."""

    name = NAME
    url = ""
    into = Path()

    async def start(self) -> AsyncIterator[Any]:
        """The one request."""
        yield self.ask(self.url, self.parse_page, self.bad)

    def parse_page(self, response: Response) -> Yield:
        """Callback: keep the answer."""
        self.seen(response)
        (self.into / "body").write_bytes(response.body)
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        _say(self.into, url=response.url, content_type=kind, reason=None)
        yield from ()

    def bad(self, look: Look) -> Yield:
        """Errback: keep the reason."""
        _say(self.into, url=look.page.url, content_type="", reason=look.reason or look.outcome)
        yield from ()


def look(url: str, *, loopback: bool = False) -> Peeked:
    """The page at ``url``; raises LookError where it is refused, blocked, absent or no address.

    Addresses of this machine or of a private network are asked only with ``loopback``.
    """
    _source(url, loopback)
    if hosts.is_local(urlsplit(url).hostname or "") and not loopback:
        raise LookError(f"{url}: it is on this machine or a private network; say --loopback where that is meant")
    with tempfile.TemporaryDirectory(prefix="qingce-peek-") as name:
        command = [sys.executable, "-m", "crawlers.peek", url, "--into", name, *(["--loopback"] if loopback else [])]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise LookError(f"{url}: no answer in {PATIENCE} s; try again later") from None
        said = Path(name) / "said.json"
        if not said.is_file():
            words = done.stderr.strip().splitlines()
            raise LookError(f"{url}: it could not be asked: {words[-1] if words else 'no reason was given'}")
        facts = json.loads(said.read_text(encoding="utf-8"))
        if facts["reason"]:
            raise LookError(f"{facts['url']}: {facts['reason']}; {_advice(facts['reason'])}")
        return Peeked(facts["url"], facts["content_type"], (Path(name) / "body").read_bytes())


def _advice(reason: str) -> str:
    if "robots.txt" in reason:
        return "the site asks robots to stay away: save the page by hand and read the file"
    if reason.startswith("blocked"):
        return "the site guards itself against robots, which is not circumvented: save the page by hand"
    return "check the address in a browser"


def _say(into: Path, **facts: Any) -> None:
    (into / "said.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _source(url: str, loopback: bool) -> Source:
    """A source of one page that nobody has described yet."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LookError(f"{url}: no address of a page; it begins with http:// or https://")
    raw = {
        "name": NAME, "title": NAME, "publisher": {"name": NAME, "level": "other"}, "family": "supplied",
        "base_url": f"{parts.scheme}://{parts.netloc}", "robots": {"note": "asked once, by robots.txt"},
        "licence": "nothing is kept", "cadence": "yearly", "channel": "other", "walk": {}, "loopback": loopback,
        "covers": [{"kinds": ["other"], "classes": [], "regions": []}],
        # Nobody's site on this machine needs sparing.
        "pace": {"delay": 0.0 if loopback else 2.0},
    }  # fmt: skip
    return checked(raw, Path(f"{NAME}.yaml"))


def main() -> None:
    """The process: one crawl into a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.peek", description="Ask one page.")
    parser.add_argument("url")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--loopback", action="store_true")
    asked = parser.parse_args()
    source = _source(asked.url, asked.loopback)
    clock = clocks.read()
    spider = type("Peek", (PeekSpider,), {"url": asked.url, "into": asked.into, "__module__": __name__})
    work([Job(source, Run(asked.into, source, clock), clock, spider=spider)], settings.load(), lambda _: None)


if __name__ == "__main__":
    main()
